using System.Globalization;

namespace Hub.Gateway.Series;

/// <summary>What <c>GET /api/v1/readings</c> was asked, checked. Pure.</summary>
public sealed record ReadingsQuery(
    string Device, string Signal, DateTimeOffset From, DateTimeOffset To, int Limit, ReadToken? After)
{
    public const int LimitDefault = 1_000;
    public const int LimitMax = 100_000;

    public static (ReadingsQuery? Query, QueryFault? Fault) Read(
        string? device, string? signal, string? from, string? to, string? limit, string? after)
    {
        if (string.IsNullOrEmpty(device) || string.IsNullOrEmpty(signal))
        {
            var field = string.IsNullOrEmpty(device) ? "device" : "signal";
            return (null, new QueryFault(
                field, "", "it must be given", "Name one point, such as device=edge-b1/w-0301&signal=water.volume."));
        }

        if (Instant("from", from, DateTimeOffset.MinValue, out var first) is { } wrongFrom)
        {
            return (null, wrongFrom);
        }

        if (Instant("to", to, DateTimeOffset.MaxValue, out var end) is { } wrongTo)
        {
            return (null, wrongTo);
        }

        if (end <= first)
        {
            return (null, new QueryFault(
                "to", to, "it must be later than from",
                "from is inside the answer, to is the first instant after it."));
        }

        var count = LimitDefault;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count)
            || count is < 1 or > LimitMax))
        {
            return (null, new QueryFault(
                "limit", limit, $"a whole number from 1 to {LimitMax}",
                "Ask for pages: pass next of one as after of the next."));
        }

        ReadToken token = default;
        return after is not null && !ReadToken.TryParse(after, out token)
            ? (null, new QueryFault("after", after, "a page's next", "Pass it as it was given, or leave it out."))
            : (new ReadingsQuery(device, signal, first, end, count, after is null ? null : token), null);
    }

    internal static QueryFault? Instant(string field, string? text, DateTimeOffset without, out DateTimeOffset at)
    {
        at = without;
        return text is null || Rfc3339.TryParse(text, out at)
            ? null
            : new QueryFault(
                field, text, "a time of RFC 3339 with its offset and at most 7 digits of a fraction",
                "Write it like 2026-11-21T08:00:00Z or 2026-11-21T16:00:00.5+08:00.");
    }
}
