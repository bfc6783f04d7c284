using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>What the engine did not take for a fact, counted since its state began.</summary>
public sealed class EngineCounters
{
    private long _readings;
    private long _late;
    private long _duplicate;
    private long _future;
    private long _unknown;

    /// <summary>Readings that detectors saw.</summary>
    public long Readings => _readings;

    /// <summary>Readings older than one of the same point that had been judged already.</summary>
    public long Late => _late;

    /// <summary>Readings that came twice.</summary>
    public long Duplicate => _duplicate;

    /// <summary>Readings from further in the future than a clock may be off.</summary>
    public long Future => _future;

    /// <summary>Readings of points that are not commissioned.</summary>
    public long Unknown => _unknown;

    internal void CountReading() => _readings++;

    internal void CountLate() => _late++;

    internal void CountDuplicate() => _duplicate++;

    internal void CountFuture() => _future++;

    internal void CountUnknown() => _unknown++;

    internal void Persist(StateCodec state)
    {
        state.Sync(ref _readings);
        state.Sync(ref _late);
        state.Sync(ref _duplicate);
        state.Sync(ref _future);
        state.Sync(ref _unknown);
    }
}
