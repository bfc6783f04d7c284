using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// One rule's eye on one point: the condition only. Delays, ids, orders and scope are the engine's. State is flat, and
/// taking a reading allocates nothing.
/// </summary>
public abstract class Detector
{
    /// <summary>Takes the next reading in event time; only called within the rule's occupancy scope.</summary>
    public abstract Verdict Take(in Sample sample);

    /// <summary>
    /// A reading outside the rule's scope was the last: running evidence is dropped, what was learnt stays. Of many in
    /// a row only the first and the last may be told, so this must not count.
    /// </summary>
    public abstract void Leave(long atTicks);

    /// <summary>The alarm is firing or has ended: what goes on meanwhile must not be learnt as usual.</summary>
    public virtual void OnFiring(bool isFiring)
    {
    }

    /// <summary>Time has passed with nothing new; only for conditions on contacts, whose state holds.</summary>
    public virtual Verdict Pass(long knownTicks) => Verdict.Unknown;

    /// <summary>The same, where more must be known than the time.</summary>
    public virtual Verdict Pass(in Sample sample) => Pass(sample.At);

    /// <summary>Time alone may end it, not only begin it.</summary>
    public virtual bool EndsByTime => false;

    /// <summary>When time alone would change the verdict; never, by default.</summary>
    public virtual long DueTicks => long.MaxValue;

    /// <summary>Why, when the verdict is true.</summary>
    public abstract Reason Explain(in Sample sample);

    /// <summary>
    /// How far the condition was from holding at that reading, the last it took; null if that can't be told in figures.
    /// </summary>
    public virtual Measure? Now(in Sample sample) => null;

    public abstract void Persist(StateCodec state);

    protected static long Ticks(Rule rule, string parameter) =>
        (long)(rule.Parameter(parameter) * TimeSpan.TicksPerSecond);

    protected static double LitresToM3(Rule rule, string parameter) => rule.Parameter(parameter) / 1000;
}
