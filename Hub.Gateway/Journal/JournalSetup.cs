namespace Hub.Gateway.Journal;

public static class JournalSetup
{
    /// <summary>sysexits.h EX_IOERR: systemd starts the hub again, and the operator sees why it stopped.</summary>
    public const int FailedExitCode = 74;

    public static WebApplicationBuilder AddJournal(this WebApplicationBuilder builder, HubOptions options) =>
        builder.AddJournal(options, new JournalOptions());

    public static WebApplicationBuilder AddJournal(
        this WebApplicationBuilder builder, HubOptions options, JournalOptions journal)
    {
        builder.Services.AddSingleton(journal);
        builder.Services.AddSingleton(services => JournalLog.Open(
            Path.Combine(options.DataFolder, "journal.db"),
            journal,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<JournalLog>>(),
            _ =>
            {
                Environment.ExitCode = FailedExitCode;
                services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }));
        builder.Services.AddHostedService<TickService>();
        builder.Services.AddHostedService<JournalKeeper>();
        return builder;
    }
}
