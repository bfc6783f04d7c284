namespace Hub.Gateway.Access;

internal static partial class AccessMessages
{
    [LoggerMessage(2301, LogLevel.Information,
        "A one-time token for device {Name} was made; it holds until {EndsAt:O}.")]
    public static partial void Invited(ILogger logger, string name, DateTimeOffset endsAt);

    [LoggerMessage(2302, LogLevel.Information, "{Name} has a new credential.")]
    public static partial void Enrolled(ILogger logger, string name);

    [LoggerMessage(2303, LogLevel.Warning, "{Name} is revoked: its connections are cut, its credentials are gone.")]
    public static partial void Revoked(ILogger logger, string name);

    [LoggerMessage(2304, LogLevel.Error, "The sign-in of {Name} could not be written to hub.db; it was put off.")]
    public static partial void Unwritten(ILogger logger, string name, Exception e);
}
