using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Gateway.Watch;

/// <summary>
/// A pack beside the live ones: a second engine that begins with everything the live one knows, takes the same entries,
/// and whose transitions are kept and shown but make no order. It ends with the hub, or when the pack is activated.
/// </summary>
public sealed class DryRun(TimeProvider time)
{
    public const int KeptMax = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<AlarmTransition> _kept = new();
    private SiteChange.RulesActivated? _wanted;
    private SiteChange.RulesActivated? _running;
    private RulesEngine? _engine;
    private DateTimeOffset _since;
    private HashSet<string> _ruleIds = [];
    private int _raised;
    private int _orders;
    private string? _fault;

    /// <summary>Why it has ended by itself; null if it has not.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>The pack beside the live ones; null for none.</summary>
    public SiteChange.RulesActivated? Pack
    {
        get
        {
            lock (_lock)
            {
                return _wanted ?? _running;
            }
        }
    }

    /// <summary>From the next row of the journal on, in the place of the one before: one pack at a time.</summary>
    public void Begin(SiteChange.RulesActivated pack)
    {
        lock (_lock)
        {
            _wanted = pack;
            _since = time.GetUtcNow();
            Forget();
        }
    }

    /// <summary>Ends it, if it is that pack's.</summary>
    public void EndOf(string packId)
    {
        lock (_lock)
        {
            if ((_wanted ?? _running)?.PackId == packId)
            {
                (_wanted, _running, _engine) = (null, null, null);
                Forget();
            }
        }
    }

    /// <summary>What it has said so far: since when, how often, how many orders it asked for, and the latest.</summary>
    public (DateTimeOffset Since, int Raised, int Orders, IReadOnlyList<AlarmTransition> Latest) Said()
    {
        lock (_lock)
        {
            return (_since, _raised, _orders, [.. _kept]);
        }
    }

    /// <summary>Takes the next row's entries; only the watch calls it, before the live engine takes them.</summary>
    internal void Take(IReadOnlyList<Entry> entries, RulesEngine live)
    {
        lock (_lock)
        {
            try
            {
                Follow(entries, live);
            }
            catch (Exception e)
            {
                // Whatever a trial does, the live rules go on.
                (_wanted, _running, _engine, _fault) = (null, null, null, e.Message);
            }
        }
    }

    private void Follow(IReadOnlyList<Entry> entries, RulesEngine live)
    {
        if (_wanted is { } wanted)
        {
            (_engine, _running, _wanted) = (Beside(live, wanted), wanted, null);
        }

        if (_engine is null)
        {
            return;
        }

        foreach (var entry in entries)
        {
            Take(entry);
        }
    }

    private void Take(Entry entry)
    {
        // What is activated meanwhile belongs to both, but for the pack that is tried out.
        if (entry is Entry.Changed { Change: SiteChange.RulesActivated activated }
            && activated.PackId == _running!.PackId)
        {
            return;
        }

        foreach (var transition in _engine!.Step(entry))
        {
            if (!_ruleIds.Contains(transition.RuleId))
            {
                continue;
            }

            _raised += transition is AlarmTransition.Raised ? 1 : 0;
            _orders += transition is AlarmTransition.Raised { Order: not null } ? 1 : 0;
            _kept.Enqueue(transition);
            if (_kept.Count > KeptMax)
            {
                _kept.Dequeue();
            }
        }
    }

    private RulesEngine Beside(RulesEngine live, SiteChange.RulesActivated pack)
    {
        var state = live.BeginSnapshot();
        state.Advance(int.MaxValue);
        var engine = RulesEngine.Load(state.Parts, RuleSet.From());
        state.Release();
        engine.Step(new Entry.Changed(_since, pack));
        _ruleIds = [.. RulePackFile.Read(pack.PackId, pack.Yaml).Value!.Rules.Select(rule => rule.Id)];
        return engine;
    }

    private void Forget()
    {
        (_raised, _orders, _fault) = (0, 0, null);
        _kept.Clear();
    }
}
