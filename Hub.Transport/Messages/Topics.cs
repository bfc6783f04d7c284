namespace Hub.Transport.Messages;

/// <summary>The versioned topics between an edge and its hub.</summary>
public static class Topics
{
    public const string Prefix = "hub/1/";

    private const string LocalLevel = "/local/";

    public static string Readings(string edge) => $"{Prefix}{edge}/readings";

    public static string Events(string edge) => $"{Prefix}{edge}/events";

    public static string Status(string edge) => $"{Prefix}{edge}/status";

    public static string Ack(string edge) => $"{Prefix}{edge}/ack";

    public static string Config(string edge) => $"{Prefix}{edge}/config";

    public static string Command(string edge) => $"{Prefix}{edge}/cmd";

    public static string Kiosk(string edge, string lobby) => $"{Prefix}{edge}/kiosk/{lobby}";

    /// <summary>Where an edge forwards what is on that topic (or filter) of the broker beside it.</summary>
    public static string Local(string edge, string topic) => $"{Prefix}{edge}{LocalLevel}{topic}";

    /// <summary>The edge of a forwarded message, and the topic that it had beside it; false for any other.</summary>
    public static bool TryParseLocal(string topic, out string edge, out string local)
    {
        (edge, local) = ("", "");
        var level = topic.IndexOf(LocalLevel, StringComparison.Ordinal);
        if (level <= Prefix.Length || !topic.StartsWith(Prefix, StringComparison.Ordinal)
            || topic.AsSpan(Prefix.Length, level - Prefix.Length).Contains('/')
            || level + LocalLevel.Length == topic.Length)
        {
            return false;
        }

        (edge, local) = (topic[Prefix.Length..level], topic[(level + LocalLevel.Length)..]);
        return true;
    }

    /// <summary>Reads a topic name as it came; false for any that is not one of these.</summary>
    /// <param name="topic">UTF-8.</param>
    /// <param name="edge">The edge's id, a slice of the topic.</param>
    /// <param name="kind">What travels on it.</param>
    public static bool TryParse(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> edge, out TopicKind kind)
    {
        edge = default;
        kind = TopicKind.None;
        if (!topic.StartsWith("hub/1/"u8))
        {
            return false;
        }

        var rest = topic["hub/1/"u8.Length..];
        var slash = rest.IndexOf((byte)'/');
        if (slash <= 0)
        {
            return false;
        }

        kind = KindOf(rest[(slash + 1)..]);
        if (kind == TopicKind.None)
        {
            return false;
        }

        edge = rest[..slash];
        return true;
    }

    private static TopicKind KindOf(ReadOnlySpan<byte> tail) => tail switch
    {
        _ when tail.SequenceEqual("readings"u8) => TopicKind.Readings,
        _ when tail.SequenceEqual("events"u8) => TopicKind.Events,
        _ when tail.SequenceEqual("status"u8) => TopicKind.Status,
        _ when tail.SequenceEqual("ack"u8) => TopicKind.Ack,
        _ when tail.SequenceEqual("config"u8) => TopicKind.Config,
        _ when tail.SequenceEqual("cmd"u8) => TopicKind.Command,
        _ when tail.StartsWith("kiosk/"u8) && IsOneLevel(tail["kiosk/"u8.Length..]) => TopicKind.Kiosk,
        _ => TopicKind.None,
    };

    private static bool IsOneLevel(ReadOnlySpan<byte> tail) => !tail.IsEmpty && !tail.Contains((byte)'/');
}
