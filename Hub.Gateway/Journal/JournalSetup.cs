namespace Hub.Gateway.Journal;

public static class JournalSetup
{
    public static WebApplicationBuilder AddJournal(this WebApplicationBuilder builder, HubOptions options) =>
        builder.AddJournal(
            options, new JournalOptions { FreeBytes = () => new DriveInfo(options.DataFolder).AvailableFreeSpace });

    public static WebApplicationBuilder AddJournal(
        this WebApplicationBuilder builder, HubOptions options, JournalOptions journal)
    {
        builder.Services.AddSingleton(journal);
        builder.Services.AddSingleton(services => JournalLog.Open(
            Path.Combine(options.DataFolder, "journal.db"),
            journal,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<JournalLog>>(),
            // The host's exit code tells whoever supervises it; here it is only asked to end.
            _ => HostEnd.Ask(services.GetRequiredService<IHostApplicationLifetime>())));
        builder.Services.AddHostedService<TickService>();
        builder.Services.AddHostedService<JournalKeeper>();
        builder.Services.AddHostedService<JournalInspector>();
        return builder;
    }
}
