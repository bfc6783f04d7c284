namespace Hub.Gateway.Site;

public static class SiteSetup
{
    public static WebApplicationBuilder AddSite(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiteBook>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SiteBook>());
        builder.Services.AddSingleton<SiteWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SiteWatch>());
        return builder;
    }
}
