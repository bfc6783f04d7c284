using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// Q1 of a room's climate: a value far off that is gone again with the next reading or the one after. Air doesn't do
/// that.
/// <code>
///                 ●            away by the limit, and back by three quarters
///   ●──●──●──────╱ ╲──●──●     within two readings                          true, when it is back
///                 ●──●──●      it stays: a new level, not judged here       false
/// </code>
/// The limit is for half an hour from the reading before to the one after; where readings are further apart it grows in
/// proportion, for then air may well have done it. Gap: so across a gap next to nothing is impossible.
/// </summary>
public sealed class Spike(Rule rule, string signal) : Detector
{
    private const int ReadingsAwayMax = 2;

    private readonly double _limit = rule.Parameter(signal == Signal.Humidity ? "humidity-spike" : "temperature-spike");

    private double _level = double.NaN;
    private double _away;
    private long _awayFrom;
    private int _count;

    public override Verdict Take(in Sample sample)
    {
        var off = Math.Abs(sample.Value - _level);
        if (_count == 0)
        {
            return off >= _limit ? GoAway(sample) : Stay(sample.Value);
        }

        var height = Math.Abs(_away - _level);
        if (off <= height / 4)
        {
            var possible = _limit * Math.Max(1, (sample.At - _awayFrom) / (0.5 * TimeSpan.TicksPerHour));
            Stay(sample.Value);
            return height >= possible ? Verdict.TrueSince(sample.From) : Verdict.False;
        }

        return ++_count > ReadingsAwayMax ? Stay(sample.Value) : Verdict.Unknown;

        Verdict GoAway(in Sample first)
        {
            (_away, _awayFrom, _count) = (first.Value, first.From, 1);
            return Verdict.Unknown;
        }

        Verdict Stay(double value)
        {
            (_level, _count) = (value, 0);
            return Verdict.False;
        }
    }

    public override void Leave(long atTicks) => (_level, _count) = (double.NaN, 0);

    public override Reason Explain(in Sample sample) => new(
        "Q1.spike", sample.At - TimeSpan.TicksPerDay, null, "",
        ("value", Reason.Number(_away)),
        ("level", Reason.Number(_level)));

    public override Measure? Now(in Sample sample) =>
        new Measure(_count == 0 ? Math.Abs(sample.Value - _level) : Math.Abs(_away - _level), _limit, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _level);
        state.Sync(ref _away);
        state.Sync(ref _awayFrom);
        state.Sync(ref _count);
    }
}
