namespace Hub.Gateway.Adapters;

/// <summary>The limits of third-party messages: whoever sends them knows nothing of ours.</summary>
public sealed record AdapterOptions
{
    /// <summary>A longer message is refused; the broker's own packet limit stands before it.</summary>
    public int PayloadBytesMax { get; init; } = 320 * 1024;

    /// <summary>How deep a payload may be nested; zigbee2mqtt's description of a lamp is 9 deep.</summary>
    public int DepthMax { get; init; } = 24;

    /// <summary>Values, names, objects and lists in one payload.</summary>
    public int NodesMax { get; init; } = 100_000;

    /// <summary>Readings that one message may give; a message with more is refused.</summary>
    public int ReadingsMax { get; init; } = 500;

    /// <summary>Devices that one adapter remembers; what one more says about itself is forgotten.</summary>
    public int DevicesMax { get; init; } = 5_000;

    /// <summary>Signals that one device may announce, and metrics in one Sparkplug payload.</summary>
    public int SignalsMax { get; init; } = 400;

    /// <summary>Sparkplug nodes that one adapter remembers; the messages of one more are refused.</summary>
    public int SparkplugNodesMax { get; init; } = 500;

    /// <summary>Aliases of one Sparkplug node, its devices' included; one more is as if it had not been born.</summary>
    public int AliasesMax { get; init; } = 2_000;

    /// <summary>State topics that Home Assistant discovery may name; one more is not read.</summary>
    public int StateTopicsMax { get; init; } = 20_000;

    /// <summary>Entities that may share one state topic.</summary>
    public int EntitiesPerTopicMax { get; init; } = 100;

    /// <summary>Characters of a device's name and of a text about it; the rest is cut off.</summary>
    public int TextCharactersMax { get; init; } = 100;

    /// <summary>Bytes of one pack that readings become; below what is kept of a message that is set aside.</summary>
    public int PackBytesMax { get; init; } = 12 * 1024;

    /// <summary>
    /// Announcements of one adapter kept in a minute; one more is kept when the device says it again. A bridge tells of
    /// all its devices when it starts, so this is more than other messages that are set aside may be.
    /// </summary>
    public int AnnouncementsPerMinuteMax { get; init; } = 1_000;

    /// <summary>A message's own time further ahead of the hub's is not believed: the arrival is taken.</summary>
    public TimeSpan AheadMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A message's own time before this is from a clock that was never set.</summary>
    public DateTimeOffset EarliestAt { get; init; } = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Requests to devices that wait to be sent; when it is reached, the oldest is dropped.</summary>
    public int RequestsMax { get; init; } = 100;
}
