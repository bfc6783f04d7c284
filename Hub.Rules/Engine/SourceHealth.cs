using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// What the hub itself sees of a source's health: how its times fit their arrival, and how often it starts.
/// </summary>
internal sealed class SourceHealth
{
    /// <summary>As many starts as a rule may ask for.</summary>
    public const int StartsMax = 16;

    /// <summary>An edge has two outboxes, so two epochs at a time, and the ones before.</summary>
    private const int EpochsMax = 4;

    private readonly long[] _starts = new long[StartsMax];
    private readonly string[] _epochs = ["", "", "", ""];
    private long _lagSince;
    private long _lagLeast;
    private long _lagGreatest;

    public SourceHealth() => Watches = [Clock, Delivery, Starts];

    public SourceWatch Clock { get; } = new("H3");

    public SourceWatch Delivery { get; } = new("H4");

    public SourceWatch Starts { get; } = new("H8");

    public IReadOnlyList<SourceWatch> Watches { get; }

    /// <summary>No rule covers it, until one is bound again.</summary>
    public void Unbind()
    {
        foreach (var watch in Watches)
        {
            watch.Unbind();
        }
    }

    /// <summary>When it started last; 0 for never.</summary>
    public long LastStart => _starts[^1];

    /// <summary>Since when all that it tells has been old.</summary>
    public long LagSince => _lagSince;

    /// <summary>How much its lag has varied since then.</summary>
    public long LagSpread => _lagGreatest - _lagLeast;

    /// <summary>Nothing lags any more.</summary>
    public void CatchUp() => (_lagSince, _lagLeast, _lagGreatest) = (0, 0, 0);

    public void Lag(long ticks, long atTicks)
    {
        (_lagSince, _lagLeast) = _lagSince == 0 ? (atTicks, ticks) : (_lagSince, Math.Min(_lagLeast, ticks));
        _lagGreatest = Math.Max(_lagGreatest, ticks);
    }

    public void Start(long atTicks)
    {
        Array.Copy(_starts, 1, _starts, 0, StartsMax - 1);
        _starts[^1] = atTicks;
    }

    /// <summary>Whether the readings come from a life of its outboxes that was never heard of before.</summary>
    public bool IsNewLife(string epoch)
    {
        if (epoch.Length == 0 || Array.IndexOf(_epochs, epoch) >= 0)
        {
            return false;
        }

        var isFirst = _epochs[^1].Length == 0;
        Array.Copy(_epochs, 1, _epochs, 0, EpochsMax - 1);
        _epochs[^1] = epoch;
        return !isFirst;
    }

    /// <summary>How often it has started since then, and when first.</summary>
    public int StartsSince(long fromTicks, out long firstTicks)
    {
        var first = Array.FindIndex(_starts, at => at >= fromTicks && at > 0);
        firstTicks = first < 0 ? 0 : _starts[first];
        return first < 0 ? 0 : StartsMax - first;
    }

    public void Persist(StateCodec state)
    {
        foreach (ref var start in _starts.AsSpan())
        {
            state.Sync(ref start);
        }

        state.Sync(ref _lagSince);
        state.Sync(ref _lagLeast);
        state.Sync(ref _lagGreatest);
        foreach (ref var epoch in _epochs.AsSpan())
        {
            state.Sync(ref epoch);
        }

        Clock.Persist(state);
        Delivery.Persist(state);
        Starts.Persist(state);
    }
}
