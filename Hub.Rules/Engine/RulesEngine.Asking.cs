using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>What it answers when it is asked why it says nothing.</summary>
public sealed partial class RulesEngine
{
    /// <summary>
    /// From now on the last reading of that point is kept, so that <see cref="Standings"/> can be asked; one point at a
    /// time. False if there is no such point.
    /// </summary>
    public bool Probe(PointNumber point) => (_judge.Probed = _state.Find(point.Value)) is not null;

    /// <summary>What each rule that could look at the probed point says to the question why it says nothing.</summary>
    public IReadOnlyList<Standing> Standings() => _judge.Probed is { } point
        ? new Diagnosis(_state, _outages, point, _judge.ProbedLast).Standings()
        : [];
}
