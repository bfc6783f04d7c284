using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// For how long water has not fallen below a flow, from a register that moves in steps and is read now and then.
/// Time is cut into stretches of an hour or less, or as long as the flow needs for a step of the register, or as long
/// as the readings are apart; in each the flow must have been reached, one step allowed for rounding.
/// <code>
///   stretch   flow ≥ limit        flow &lt; limit       gap, mean ≥ limit     gap, mean &lt; limit
///   run       longer by it        over               held: unknown         over: it did stop
/// </code>
/// </summary>
public struct FlowRun
{
    /// <summary>
    /// A stretch must be long enough for two steps, or one step allowed for rounding would be all there is.
    /// </summary>
    private const int StepsMin = 2;

    private double _volume;
    private long _stretchFrom;
    private bool _hasGap;

    /// <summary>Since when; 0 if it has stopped.</summary>
    public long SinceTicks { get; private set; }

    /// <summary>How long it has verifiably gone on, gaps left out.</summary>
    public long LastingTicks { get; private set; }

    /// <summary>In how many stretches; one alone is a use, not a run.</summary>
    public int Stretches { get; private set; }

    /// <summary>The least flow of a stretch, in m³/h.</summary>
    public double Least { get; private set; }

    /// <summary>Takes consumption; true if a stretch is complete and there is something new to say.</summary>
    /// <param name="sample">Consumption.</param>
    /// <param name="limit">The flow, in m³/h, that must be reached in each stretch.</param>
    /// <param name="stretchTicks">How long a stretch is, where the readings are close enough together.</param>
    public bool Take(in Sample sample, double limit, long stretchTicks = TimeSpan.TicksPerHour)
    {
        if (_stretchFrom == 0)
        {
            Begin(sample.From);
        }

        _volume += sample.Delta;
        _hasGap |= sample.IsGap;
        var hours = (sample.At - _stretchFrom) / (double)TimeSpan.TicksPerHour;
        if (sample.At - _stretchFrom < LeastOf(sample, stretchTicks) || hours * limit < StepsMin * sample.Resolution)
        {
            return false;
        }

        Judge(sample, limit, hours);
        Begin(sample.At);
        return true;
    }

    /// <summary>Nothing is known about the consumption up to here: what has run so far is held.</summary>
    public void Skip(long atTicks) => Begin(atTicks);

    public void Stop(long atTicks)
    {
        (SinceTicks, LastingTicks, Least, Stretches) = (0, 0, 0, 0);
        Begin(atTicks);
    }

    public void Persist(StateCodec state)
    {
        var (since, lasting, least, stretches) = (SinceTicks, LastingTicks, Least, Stretches);
        state.Sync(ref since);
        state.Sync(ref lasting);
        state.Sync(ref least);
        state.Sync(ref stretches);
        (SinceTicks, LastingTicks, Least, Stretches) = (since, lasting, least, stretches);
        state.Sync(ref _volume);
        state.Sync(ref _stretchFrom);
        state.Sync(ref _hasGap);
    }

    /// <summary>A stretch, less a tenth of the cadence: readings come a little early at times.</summary>
    private static long LeastOf(in Sample sample, long stretchTicks) =>
        stretchTicks - (Math.Min(sample.Usual == 0 ? long.MaxValue : sample.Usual, stretchTicks) / 10);

    private void Judge(in Sample sample, double limit, double hours)
    {
        if ((_volume + sample.Resolution) / hours < limit)
        {
            (SinceTicks, LastingTicks, Least, Stretches) = (0, 0, 0, 0);
            return;
        }

        if (_hasGap)
        {
            return;
        }

        SinceTicks = SinceTicks == 0 ? _stretchFrom : SinceTicks;
        LastingTicks += sample.At - _stretchFrom;
        Stretches++;
        var flow = _volume / hours;
        Least = Least == 0 ? flow : Math.Min(Least, flow);
    }

    private void Begin(long atTicks) => (_stretchFrom, _volume, _hasGap) = (atTicks, 0, false);
}
