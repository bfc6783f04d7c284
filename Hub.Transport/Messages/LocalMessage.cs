using System.Buffers.Text;
using System.Text;

namespace Hub.Transport.Messages;

/// <summary>
/// A message of a broker beside the edge, on its way to the hub on <see cref="Topics.Local"/>: when it came to the
/// edge, and then the payload as it came. An empty one stays empty: it deletes what was retained.
/// <code>
///   1767600000123 synced⏎ payload          milliseconds since 1970, and how far that clock can be trusted
/// </code>
/// </summary>
public static class LocalMessage
{
    private const int HeadBytesMax = 40;

    private static readonly (SenMlClock Clock, string Word)[] Clocks =
    [
        (SenMlClock.Synced, "synced"), (SenMlClock.Estimated, "estimated"), (SenMlClock.Unsynced, "unsynced"),
    ];

    public static byte[] Write(DateTimeOffset at, SenMlClock clock, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return [];
        }

        var word = Clocks.Single(known => known.Clock == clock).Word;
        return [.. Encoding.ASCII.GetBytes($"{at.ToUnixTimeMilliseconds()} {word}\n"), .. payload];
    }

    /// <summary>False for what doesn't begin so.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, out DateTimeOffset at, out SenMlClock clock, out ReadOnlySpan<byte> payload)
    {
        (at, clock) = (default, SenMlClock.Unsynced);
        payload = bytes;
        if (bytes.IsEmpty)
        {
            return true;
        }

        var end = bytes[..Math.Min(bytes.Length, HeadBytesMax)].IndexOf((byte)'\n');
        if (end < 0 || !Utf8Parser.TryParse(bytes[..end], out long milliseconds, out var digits)
            || milliseconds < 0 || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        var rest = Encoding.ASCII.GetString(bytes[digits..end]);
        clock = Clocks.FirstOrDefault(known => rest == $" {known.Word}").Clock;
        at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        payload = bytes[(end + 1)..];
        return clock != SenMlClock.Unstated;
    }
}
