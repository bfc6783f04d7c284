using Hub.Transport.Mqtt;

namespace Hub.Gateway.Attach;

internal static partial class AttachMessages
{
    [LoggerMessage(2401, LogLevel.Information,
        "Attached to {Address} as {Client}; the broker's session is {Session}.")]
    public static partial void Connected(ILogger logger, string address, string client, string session);

    [LoggerMessage(2402, LogLevel.Warning, "Not attached to {Address}: {Why}")]
    public static partial void Disconnected(ILogger logger, string address, string why);

    [LoggerMessage(2403, LogLevel.Warning,
        "The broker refuses the subscription to {Filter} ({Reason}): what is sent there doesn't reach the hub.")]
    public static partial void SubscriptionRefused(ILogger logger, string filter, MqttReason reason);

    [LoggerMessage(2404, LogLevel.Warning, "The broker refuses a message on {Topic} ({Reason}).")]
    public static partial void PublishRefused(ILogger logger, string topic, MqttReason reason);

    [LoggerMessage(2405, LogLevel.Warning, "A message on {Topic} was acknowledged and not taken: {Why}")]
    public static partial void Refused(ILogger logger, string topic, string why);
}
