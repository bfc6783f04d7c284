using System.Text.Json;
using Hub.Gateway.Site;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Readings;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// Why there was no alarm: the journal through the exact engine up to that minute, and then each rule is asked. One
/// question at a time, because each reads the journal.
/// </summary>
public sealed class WhyNotService(JournalReplay replay, SiteBook book) : IDisposable
{
    /// <summary>A reading waits that long for its neighbours: what was said of a minute is said by then.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The answer; null if there is no such point.</summary>
    public async Task<WhyNotAnswer?> AskAsync(
        string pointId, DateTimeOffset at, string language, CancellationToken cancel)
    {
        if (book.Current.Find(new PointId(pointId)) is not { } point)
        {
            return null;
        }

        await _one.WaitAsync(cancel);
        try
        {
            var standings = await Task.Run(() => Ask(point.Number, at, cancel), cancel);
            return new WhyNotAnswer(
                pointId, at, language, replay.IsWhole, [.. standings.Select(one => Answer(one, language))]);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private IReadOnlyList<Standing> Ask(PointNumber point, DateTimeOffset at, CancellationToken cancel)
    {
        var engine = new RulesEngine(RuleSet.From());
        var isProbed = false;
        var until = at + Lateness;
        foreach (var (_, entry) in replay.Entries())
        {
            cancel.ThrowIfCancellationRequested();
            if (TimeOf(entry) > until)
            {
                break;
            }

            engine.Step(entry);
            isProbed = isProbed || engine.Probe(point);
        }

        // The clock stands where the question is, also between two ticks.
        engine.Step(new Entry.Tick(until));
        return engine.Standings();
    }

    /// <summary>The hub's clock at an entry; a site change may tell of another day.</summary>
    private static DateTimeOffset TimeOf(Entry entry) => entry switch
    {
        Entry.Readings readings => readings.ReceivedAt,
        Entry.Tick tick => tick.At,
        Entry.Changed changed => changed.At,
        Entry.Presence presence => presence.At,
        Entry.SetAside aside => aside.ReceivedAt,
        _ => DateTimeOffset.MinValue,
    };

    private StandingAnswer Answer(Standing standing, string language) => new(
        standing.RuleId, standing.Detector, standing.PackVersion,
        JsonNamingPolicy.CamelCase.ConvertName(standing.Kind.ToString()), standing.Measure?.Figure,
        standing.Measure?.Limit, standing.Measure?.Unit, Explanations.Render(standing.Why, language, book.Zone));
}
