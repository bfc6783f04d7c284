using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// F2: how a motor is worked.
/// <code>
///   starts in the last hour    > starts                        too often
///   runs one after another     short-runs of them &lt; run-min  short cycling
///   running                    ≥ run-max                       it never stops
///   standing                   ≥ idle-max                      it never runs
/// </code>
/// Any of them is true; none is false. A contact reports on change, so its state holds through a quiet spell; when its
/// source is offline its clock stands still. A planned window forgets what was counted, for plant is tried out then.
/// </summary>
public sealed class Duty(Rule rule) : Detector
{
    private readonly long _runMin = Ticks(rule, "run-min");
    private readonly long _runMax = Ticks(rule, "run-max");
    private readonly long _idleMax = Ticks(rule, "idle-max");
    private readonly int _shortMax = (int)rule.Parameter("short-runs");

    /// <summary>The last starts, one more than are allowed within an hour.</summary>
    private readonly long[] _starts = new long[(int)rule.Parameter("starts") + 1];

    private int _next;
    private int _short;
    private bool _isOn;
    private long _since;

    public override long DueTicks => _since == 0 ? long.MaxValue : _since + (_isOn ? _runMax : _idleMax);

    public override Verdict Take(in Sample sample)
    {
        var isOn = sample.Value >= 0.5;
        if (sample.IsExcused)
        {
            Forget();
            (_isOn, _since) = (isOn, sample.At);
            return Verdict.Unknown;
        }

        if (_since == 0 || isOn != _isOn)
        {
            Turn(isOn, sample.At);
        }

        return Pass(sample.At);
    }

    public override Verdict Pass(long knownTicks) => Key(knownTicks) switch
    {
        "F2" => Verdict.False,
        "F2.starts" => Verdict.TrueSince(_starts[_next]),
        _ => Verdict.TrueSince(_since),
    };

    public override void Leave(long atTicks)
    {
        Forget();
        _since = 0;
    }

    public override Reason Explain(in Sample sample) => new(
        Key(sample.At), sample.At - TimeSpan.TicksPerDay, null, "",
        ("count", Reason.Number(Key(sample.At) == "F2.short" ? _short : _starts.Length, 0)),
        ("starts", Reason.Number(_starts.Length - 1, 0)),
        ("limit", Reason.Duration(_runMin)),
        ("lasting", Reason.Duration(sample.At - _since)));

    public override Measure? Now(in Sample sample) =>
        Measure.OfTime(sample.At - _since, _isOn ? _runMax : _idleMax);

    public override void Persist(StateCodec state)
    {
        foreach (ref var start in _starts.AsSpan())
        {
            state.Sync(ref start);
        }

        state.Sync(ref _next);
        state.Sync(ref _short);
        state.Sync(ref _isOn);
        state.Sync(ref _since);
    }

    /// <summary>Which of the four holds; "F2" for none.</summary>
    private string Key(long at) =>
        _starts[_next] != 0 && at - _starts[_next] <= TimeSpan.TicksPerHour ? "F2.starts"
        : _short >= _shortMax ? "F2.short"
        : _isOn && at - _since >= _runMax ? "F2.long"
        : !_isOn && _since != 0 && at - _since >= _idleMax ? "F2.idle"
        : "F2";

    private void Turn(bool isOn, long at)
    {
        if (isOn && _since != 0)
        {
            _starts[_next] = at;
            _next = (_next + 1) % _starts.Length;
        }
        else if (_isOn)
        {
            _short = at - _since < _runMin ? _short + 1 : 0;
        }

        (_isOn, _since) = (isOn, at);
    }

    private void Forget()
    {
        Array.Clear(_starts);
        (_next, _short) = (0, 0);
    }
}
