namespace Hub.Edge;

public sealed partial class EdgeHost
{
    private static partial class Log
    {
        [LoggerMessage(7101, LogLevel.Information,
            "Edge {Edge} runs towards {Host}:{Port}; {Backlog} records wait from before.")]
        public static partial void Started(ILogger logger, string edge, string host, int port, long backlog);

        [LoggerMessage(7102, LogLevel.Information, "The hub at {Host} is reached; {Backlog} records go out.")]
        public static partial void Linked(ILogger logger, string host, long backlog);

        [LoggerMessage(7103, LogLevel.Warning, "The hub at {Host} can't be reached: {Why} Records wait here.")]
        public static partial void Unlinked(ILogger logger, string host, string why);

        [LoggerMessage(7104, LogLevel.Error, "Readings could not be committed and wait in memory: {Why}")]
        public static partial void CommitFailed(ILogger logger, string why);

        [LoggerMessage(7105, LogLevel.Error, "{Record} could not be recorded, nor reach the hub in time: {Why}")]
        public static partial void PressFailed(ILogger logger, string record, string why);

        [LoggerMessage(7106, LogLevel.Warning, "The hub refused a pack that is sent again later: {Why}")]
        public static partial void Retrying(ILogger logger, string why);

        [LoggerMessage(7107, LogLevel.Error, "{Why} Check what this edge may do on the hub.")]
        public static partial void SubscriptionRefused(ILogger logger, string why);

        [LoggerMessage(7109, LogLevel.Error, "A configuration is not used: {Why}")]
        public static partial void ConfigRefused(ILogger logger, string why);

        [LoggerMessage(7110, LogLevel.Information, "Configuration {Version} is in force.")]
        public static partial void Configured(ILogger logger, string version);

        [LoggerMessage(7111, LogLevel.Warning, "{Point} can't be read: {Why}")]
        public static partial void SourceFailed(ILogger logger, string point, string why);

        [LoggerMessage(7112, LogLevel.Information, "{Point} is no fault any more.")]
        public static partial void SourceBack(ILogger logger, string point);

        [LoggerMessage(7117, LogLevel.Warning, "Messages of the local broker: {Why}")]
        public static partial void BridgeTrouble(ILogger logger, string why);

        [LoggerMessage(7132, LogLevel.Warning, "{Host} can't be resolved ({Why}); its last addresses are tried.")]
        public static partial void AddressRemembered(ILogger logger, string host, string why);

        [LoggerMessage(7131, LogLevel.Warning, "This machine's clock was moved by {Seconds} seconds.")]
        public static partial void ClockStepped(ILogger logger, double seconds);
    }
}
