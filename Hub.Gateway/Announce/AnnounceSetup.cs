namespace Hub.Gateway.Announce;

public static class AnnounceSetup
{
    public static WebApplicationBuilder AddAnnounce(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new AnnounceOptions());
        builder.Services.AddSingleton<Announcer>();
        builder.Services.AddHostedService<AnnounceService>();
        return builder;
    }
}
