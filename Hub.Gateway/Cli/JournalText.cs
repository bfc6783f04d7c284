using System.Globalization;
using System.Text.Json;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Cli;

/// <summary>What the journal's rows look like to a person, and to a program.</summary>
internal static class JournalText
{
    private const int NamedMax = 10;

    public static IEnumerable<string> Of(JournalCheck check, string? fault)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{check.Rows} rows, {check.Bytes} bytes, committed {check.From:u} to {check.To:u}");
        yield return $"structure: {fault ?? "in order"}";
        yield return $"damaged: {check.DamagedRows}{Some(check.Damaged)}";
        yield return $"missing: {check.MissingRows}{Some(check.Gaps.Select(gap => $"{gap.After}..{gap.Before}"))}";
    }

    public static string Json(JournalCheck check, string? fault) => JsonSerializer.Serialize(new
    {
        rows = check.Rows,
        bytes = check.Bytes,
        from = check.From,
        to = check.To,
        fault,
        damaged = check.DamagedRows,
        damagedRows = check.Damaged.Select(position => position.Value),
        missing = check.MissingRows,
        gaps = check.Gaps.Select(gap => new { after = gap.After.Value, before = gap.Before.Value }),
    });

    /// <summary>A row's entries; a damaged one is one line that says so.</summary>
    public static IEnumerable<string> Lines(LogRow row, bool asJson)
    {
        var (entries, at) = (new List<Entry>(), default(DateTimeOffset));
        string? fault = null;
        try
        {
            entries = [.. new EntryReader().Read(JournalBlock.Open(row.Bytes.Span, out at))];
        }
        catch (JournalDamagedException e)
        {
            fault = e.Message;
        }

        if (fault is not null)
        {
            yield return asJson
                ? JsonSerializer.Serialize(new { row = row.Position.Value, damaged = fault })
                : $"{row.Position}  damaged: {fault}";
        }

        foreach (var entry in entries)
        {
            yield return asJson
                ? JsonSerializer.Serialize(new { row = row.Position.Value, committedAt = at, entry = Fields(entry) })
                : string.Create(CultureInfo.InvariantCulture, $"{row.Position}  {at:u}  {Sentence(entry)}");
        }
    }

    private static string Sentence(Entry entry) => entry switch
    {
        Entry.Readings pack => string.Create(
            CultureInfo.InvariantCulture,
            $"readings  {pack.Source} {pack.Epoch}/{pack.Sequence}  {string.Join(", ", pack.Items.ToArray().Select(
                reading => string.Create(CultureInfo.InvariantCulture, $"#{reading.Point.Value}={reading.Value}")))}"),
        Entry.Tick tick => string.Create(CultureInfo.InvariantCulture, $"tick  {tick.At:u}"),
        Entry.Presence presence => $"presence  {presence.Source} {(presence.IsOnline ? "online" : "offline")}",
        Entry.Lost lost => $"lost  {lost.Source} {lost.Epoch}/{lost.From}, {lost.Count} of them",
        Entry.SetAside aside => $"set aside  {aside.Source} {aside.Topic} {aside.Kind}: {aside.Reason}",
        Entry.Changed changed => $"changed  {changed.Change}",
        _ => entry.ToString(),
    };

    private static object Fields(Entry entry) => entry switch
    {
        Entry.Readings pack => new
        {
            kind = "readings",
            source = pack.Source,
            epoch = pack.Epoch,
            sequence = pack.Sequence,
            receivedAt = pack.ReceivedAt,
            items = pack.Items.ToArray().Select(reading => new
            {
                point = reading.Point.Value,
                at = new DateTimeOffset(reading.AtTicks, TimeSpan.Zero),
                value = double.IsFinite(reading.Value) ? reading.Value : (double?)null,
                quality = reading.Quality.ToString(),
                press = reading.PressId,
            }),
        },
        Entry.Tick tick => new { kind = "tick", at = tick.At },
        Entry.Presence presence => new
        {
            kind = "presence",
            source = presence.Source,
            online = presence.IsOnline,
            at = presence.At,
        },
        Entry.SetAside aside => new
        {
            kind = "set-aside",
            source = aside.Source,
            topic = aside.Topic,
            why = aside.Kind.ToString(),
            reason = aside.Reason,
            receivedAt = aside.ReceivedAt,
        },
        Entry.Lost lost => new
        {
            kind = "lost",
            source = lost.Source,
            epoch = lost.Epoch,
            from = lost.From,
            count = lost.Count,
            before = lost.Before,
        },
        Entry.Changed changed => new { kind = "changed", at = changed.At, change = changed.Change.ToString() },
        _ => new { kind = entry.GetType().Name },
    };

    private static string Some<T>(IEnumerable<T> named) =>
        named.Any() ? $"  ({string.Join(", ", named.Take(NamedMax))})" : "";
}
