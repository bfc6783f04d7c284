namespace Hub.Gateway.Rulebook;

public static class RulebookSetup
{
    public static WebApplicationBuilder AddRulebook(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PackLife>();
        builder.Services.AddSingleton<JournalReplay>();
        builder.Services.AddSingleton<WhyNotService>();
        builder.Services.AddSingleton<BacktestService>();
        builder.Services.AddSingleton<OrderTrace>();
        return builder;
    }
}
