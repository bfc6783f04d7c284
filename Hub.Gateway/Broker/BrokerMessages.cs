using System.Net;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

internal static partial class BrokerMessages
{
    [LoggerMessage(2101, LogLevel.Debug, "Client {Client} has connected from {From} with MQTT {Version}.")]
    public static partial void Connected(ILogger logger, string client, EndPoint? from, MqttVersion version);

    [LoggerMessage(2102, LogLevel.Debug, "Client {Client} has left ({Reason}).")]
    public static partial void Left(ILogger logger, string client, MqttReason reason);

    [LoggerMessage(2103, LogLevel.Warning, "Client {Client} from {From} was refused: {Reason}.")]
    public static partial void Refused(ILogger logger, string client, EndPoint? from, MqttReason reason);

    [LoggerMessage(2104, LogLevel.Warning, "Client {Client} from {From} is disconnected ({Reason}): {Fault}")]
    public static partial void Offended(ILogger logger, string client, EndPoint? from, MqttReason reason, string fault);

    [LoggerMessage(2105, LogLevel.Information,
        "Client {Client} has connected again from {From}; its older connection is closed.")]
    public static partial void TakenOver(ILogger logger, string client, EndPoint? from);

    [LoggerMessage(2106, LogLevel.Debug, "The connection of client {Client} is lost: {Why}")]
    public static partial void Lost(ILogger logger, string client, string why);

    [LoggerMessage(2107, LogLevel.Warning,
        "A connection from {From} is closed: {Max} are open, the limit of all or of one address.")]
    public static partial void Full(ILogger logger, EndPoint? from, int max);

    [LoggerMessage(2108, LogLevel.Warning,
        "The hub ends before the will of client {Client} could be kept: it is not published.")]
    public static partial void WillUnpublished(ILogger logger, string client);
}
