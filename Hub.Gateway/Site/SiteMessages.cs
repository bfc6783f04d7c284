namespace Hub.Gateway.Site;

/// <summary>What the site room says in the log: 1100 to 1199.</summary>
internal static partial class SiteMessages
{
    [LoggerMessage(1101, LogLevel.Information, "The changed site file and rule packs are in force.")]
    public static partial void Reloaded(ILogger logger);

    [LoggerMessage(1102, LogLevel.Warning,
        "The changed site file or rule packs are wrong, and the running ones stay:\n{Faults}")]
    public static partial void Refused(ILogger logger, string faults);

    [LoggerMessage(1103, LogLevel.Warning, "A rule that comes with the hub is blind here: {Finding}")]
    public static partial void Blind(ILogger logger, Rules.Packs.PackFinding finding);
}
