namespace Hub.Gateway.Health;

public static class HealthSetup
{
    public static WebApplicationBuilder AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new HealthOptions());
        builder.Services.AddHostedService<HealthReporter>();
        return builder;
    }
}
