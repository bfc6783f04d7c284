using System.Diagnostics.CodeAnalysis;

namespace Hub.Transport.Mqtt;

/// <summary>The peer sent what the standard forbids. It closes that peer's connection, and nothing else.</summary>
#pragma warning disable CA1032 // Always with a reason: it is what the closing DISCONNECT says.
public sealed class MqttProtocolException(MqttReason reason, string message) : Exception(message)
#pragma warning restore CA1032
{
    public MqttReason Reason { get; } = reason;

    [DoesNotReturn]
    internal static void Throw(MqttReason reason, string message) => throw new MqttProtocolException(reason, message);

    [DoesNotReturn]
    internal static void ThrowMalformed(string message) => Throw(MqttReason.MalformedPacket, message);

    [DoesNotReturn]
    internal static void ThrowProtocol(string message) => Throw(MqttReason.ProtocolError, message);
}
