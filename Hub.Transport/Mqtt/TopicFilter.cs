namespace Hub.Transport.Mqtt;

/// <summary>Topic names and topic filters (4.7), in UTF-8, without allocation.</summary>
public static class TopicFilter
{
    /// <summary>A UTF-8 string's length is two bytes on the wire (1.5.4).</summary>
    public const int TopicBytesMax = ushort.MaxValue;

    private const string SharePrefix = "$share/";

    /// <summary>A name to publish to: at least one character, no wildcard, no U+0000 (4.7.1, 4.7.3).</summary>
    public static bool IsValidName(ReadOnlySpan<byte> topic) =>
        topic.Length is > 0 and <= TopicBytesMax && !topic.ContainsAny("+#\0"u8);

    /// <inheritdoc cref="IsValidName(ReadOnlySpan{byte})"/>
    public static bool IsValidName(string topic) =>
        topic.Length > 0 && topic.AsSpan().IndexOfAny('+', '#', '\0') < 0 && MqttText.BytesOrNone(topic) is not null;

    /// <summary>
    /// A wildcard fills its whole level, '#' only the last (4.7.1); a shared filter is $share/name/filter (4.8.2).
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> filter)
    {
        if (filter.Length is 0 or > TopicBytesMax || filter.Contains((byte)0))
        {
            return false;
        }

        if (IsShared(filter))
        {
            var rest = filter["$share/"u8.Length..];
            var slash = rest.IndexOf((byte)'/');
            if (slash <= 0 || rest[..slash].ContainsAny("+#"u8))
            {
                return false;
            }

            filter = rest[(slash + 1)..];
            if (filter.IsEmpty)
            {
                return false;
            }
        }

        while (true)
        {
            var slash = filter.IndexOf((byte)'/');
            var level = slash < 0 ? filter : filter[..slash];
            if (level.Contains((byte)'+') && level.Length > 1)
            {
                return false;
            }

            if (level.Contains((byte)'#') && (level.Length > 1 || slash >= 0))
            {
                return false;
            }

            if (slash < 0)
            {
                return true;
            }

            filter = filter[(slash + 1)..];
        }
    }

    /// <inheritdoc cref="IsValid(ReadOnlySpan{byte})"/>
    public static bool IsValid(string filter) => MqttText.BytesOrNone(filter) is { } bytes && IsValid(bytes);

    public static bool IsShared(ReadOnlySpan<byte> filter) => filter.StartsWith("$share/"u8);

    /// <inheritdoc cref="IsShared(ReadOnlySpan{byte})"/>
    public static bool IsShared(string filter) => filter.StartsWith(SharePrefix, StringComparison.Ordinal);

    /// <summary>
    /// The share's name and the filter behind it (4.8.2), of a valid filter; an empty name for one that isn't shared.
    /// </summary>
    public static (string Share, string Filter) SplitShared(string filter)
    {
        if (!IsShared(filter))
        {
            return ("", filter);
        }

        var slash = filter.IndexOf('/', SharePrefix.Length);
        return (filter[SharePrefix.Length..slash], filter[(slash + 1)..]);
    }

    /// <summary>
    /// Whether the (valid, not shared) filter takes the (valid) topic. '#' takes its parent level too, and no wildcard
    /// in the first place takes a topic that begins with '$' (4.7.2).
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> filter, ReadOnlySpan<byte> topic)
    {
        if (topic.StartsWith((byte)'$') && (filter.StartsWith((byte)'+') || filter.StartsWith((byte)'#')))
        {
            return false;
        }

        while (true)
        {
            var filterSlash = filter.IndexOf((byte)'/');
            var filterLevel = filterSlash < 0 ? filter : filter[..filterSlash];
            if (filterLevel.SequenceEqual("#"u8))
            {
                return true;
            }

            var topicSlash = topic.IndexOf((byte)'/');
            var topicLevel = topicSlash < 0 ? topic : topic[..topicSlash];
            if (!filterLevel.SequenceEqual("+"u8) && !filterLevel.SequenceEqual(topicLevel))
            {
                return false;
            }

            if (topicSlash < 0)
            {
                // "a/#" takes "a": what is left of the filter may only be the last '#'.
                return filterSlash < 0 || filter[(filterSlash + 1)..].SequenceEqual("#"u8);
            }

            if (filterSlash < 0)
            {
                return false;
            }

            filter = filter[(filterSlash + 1)..];
            topic = topic[(topicSlash + 1)..];
        }
    }

    /// <inheritdoc cref="Matches(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static bool Matches(string filter, string topic) =>
        MqttText.BytesOrNone(filter) is { } filterBytes && MqttText.BytesOrNone(topic) is { } topicBytes
        && Matches(filterBytes, topicBytes);
}
