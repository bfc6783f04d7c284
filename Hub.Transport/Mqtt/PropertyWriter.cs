namespace Hub.Transport.Mqtt;

/// <summary>Properties in the order of their identifiers, behind their length (2.2.2). 3.1.1 gets nothing.</summary>
internal static class PropertyWriter
{
    public static void Write(PacketBuffer output, MqttProperties properties, MqttVersion version, PropertyPlace place)
    {
        if (version == MqttVersion.V311)
        {
            return;
        }

        var mark = output.Length;
        if (!ReferenceEquals(properties, MqttProperties.None))
        {
            WriteAll(output, properties, place);
        }

        output.InsertLength(mark);
    }

    /// <summary>Whether there is nothing to write, so that a packet may end before its properties.</summary>
    public static bool IsEmpty(MqttProperties properties) =>
        ReferenceEquals(properties, MqttProperties.None) || properties == MqttProperties.None;

    private static void WriteAll(PacketBuffer output, MqttProperties from, PropertyPlace place)
    {
        Byte(output, place, 0x01, from.PayloadFormat);
        UInt32(output, place, 0x02, from.MessageExpiry);
        Text(output, place, 0x03, from.ContentType);
        Text(output, place, 0x08, from.ResponseTopic);
        Binary(output, place, 0x09, from.CorrelationData);
        foreach (var identifier in from.SubscriptionIdentifiers)
        {
            Id(output, place, 0x0B);
            output.Variable(identifier);
        }

        UInt32(output, place, 0x11, from.SessionExpiry);
        Text(output, place, 0x12, from.AssignedClientId);
        UInt16(output, place, 0x13, from.ServerKeepAlive);
        Text(output, place, 0x15, from.AuthenticationMethod);
        Binary(output, place, 0x16, from.AuthenticationData);
        Byte(output, place, 0x17, from.RequestProblemInformation);
        UInt32(output, place, 0x18, from.WillDelay);
        Byte(output, place, 0x19, from.RequestResponseInformation);
        Text(output, place, 0x1A, from.ResponseInformation);
        Text(output, place, 0x1C, from.ServerReference);
        Text(output, place, 0x1F, from.ReasonString);
        UInt16(output, place, 0x21, from.ReceiveMaximum);
        UInt16(output, place, 0x22, from.TopicAliasMaximum);
        UInt16(output, place, 0x23, from.TopicAlias);
        Byte(output, place, 0x24, from.MaximumQoS);
        Byte(output, place, 0x25, from.RetainAvailable);
        foreach (var (name, value) in from.UserProperties)
        {
            Id(output, place, 0x26);
            output.Text(name);
            output.Text(value);
        }

        UInt32(output, place, 0x27, from.MaximumPacketSize);
        Byte(output, place, 0x28, from.WildcardSubscriptionAvailable);
        Byte(output, place, 0x29, from.SubscriptionIdentifierAvailable);
        Byte(output, place, 0x2A, from.SharedSubscriptionAvailable);
    }

    private static void Id(PacketBuffer output, PropertyPlace place, byte id)
    {
        if ((PropertyTable.PlacesOf(id) & place) == 0)
        {
            throw new ArgumentException($"{place} can't carry a property 0x{id:X2}.");
        }

        output.Byte(id);
    }

    private static void Byte(PacketBuffer output, PropertyPlace place, byte id, byte? value)
    {
        if (value is { } present)
        {
            Id(output, place, id);
            output.Byte(present);
        }
    }

    private static void UInt16(PacketBuffer output, PropertyPlace place, byte id, ushort? value)
    {
        if (value is { } present)
        {
            Id(output, place, id);
            output.UInt16(present);
        }
    }

    private static void UInt32(PacketBuffer output, PropertyPlace place, byte id, uint? value)
    {
        if (value is { } present)
        {
            Id(output, place, id);
            output.UInt32(present);
        }
    }

    private static void Text(PacketBuffer output, PropertyPlace place, byte id, string? value)
    {
        if (value is not null)
        {
            Id(output, place, id);
            output.Text(value);
        }
    }

    private static void Binary(PacketBuffer output, PropertyPlace place, byte id, ReadOnlyMemory<byte>? value)
    {
        if (value is { } present)
        {
            Id(output, place, id);
            output.Binary(present.Span);
        }
    }
}
