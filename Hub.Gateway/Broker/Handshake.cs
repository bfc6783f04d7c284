using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>Whether the standards let a CONNECT in, and what is announced to the client. Pure.</summary>
internal static class Handshake
{
    /// <summary>The answer to a CONNECT; success, or why not.</summary>
    public static MqttReason Judge(MqttPacket.Connect connect)
    {
        if (connect.Properties.AuthenticationMethod is not null)
        {
            return MqttReason.BadAuthenticationMethod;
        }

        // 3.1.1, 3.1.3.1: a client without a name has no session to come back to.
        if (connect is { ClientId: "", CleanStart: false, Version: MqttVersion.V311 })
        {
            return MqttReason.ClientIdentifierNotValid;
        }

        return MqttReason.Success;
    }

    /// <summary>Why a CONNECT is refused, for the log of its client; null where the code says it all.</summary>
    public static string? Sentence(MqttReason reason) => reason switch
    {
        MqttReason.BadAuthenticationMethod => "No authentication method is spoken here.",
        MqttReason.ClientIdentifierNotValid => "This client identifier can't be had.",
        MqttReason.BadUserNameOrPassword => "The hub doesn't know this user name with this password.",
        MqttReason.NotAuthorized => "The hub lets nobody in without leave, nor a will for another's topic.",
        MqttReason.ConnectionRateExceeded => "Too many clients connect at once, or this one fails too often.",
        _ => null,
    };

    public static TimeSpan ExpiryOf(MqttPacket.Connect connect, BrokerOptions options)
    {
        if (connect.Version == MqttVersion.V311)
        {
            return connect.CleanStart ? TimeSpan.Zero : options.SessionExpiryMax;
        }

        return Limited(connect.Properties.SessionExpiry ?? 0, options);
    }

    /// <summary>
    /// What holds instead of the client's keep-alive (3.1.2.10): none at all is more than the most. Null where the
    /// client's own holds; 3.1.1 can't be told.
    /// </summary>
    public static ushort? ServerKeepAlive(MqttPacket.Connect connect, BrokerOptions options) =>
        connect.Version == MqttVersion.V500
            && (connect.KeepAlive == 0 || connect.KeepAlive > options.KeepAliveSecondsMax)
            ? options.KeepAliveSecondsMax
            : null;

    public static TimeSpan Limited(uint seconds, BrokerOptions options) =>
        seconds >= options.SessionExpiryMax.TotalSeconds ? options.SessionExpiryMax : TimeSpan.FromSeconds(seconds);

    /// <summary>What the server tells a 5.0 client about itself (3.2.2.3); what isn't said is available.</summary>
    public static MqttProperties Announce(
        MqttPacket.Connect connect, string clientId, TimeSpan expiry, BrokerOptions options) => new()
        {
            ReceiveMaximum = options.ReceiveMax,
            MaximumPacketSize = (uint)options.PacketBytesMax,
            TopicAliasMaximum = options.TopicAliasMax,
            ServerKeepAlive = ServerKeepAlive(connect, options),
            AssignedClientId = connect.ClientId.Length == 0 ? clientId : null,
            SessionExpiry = expiry.TotalSeconds < (connect.Properties.SessionExpiry ?? 0)
                ? (uint)expiry.TotalSeconds
                : null,
        };
}
