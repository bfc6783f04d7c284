using System.Globalization;

namespace Hub.Gateway.Ingest;

/// <summary>
/// Which gaps an edge is asked to fill, and when again. A gap that shrinks is another one and asked for at once; one
/// that stays is asked for less and less often, and then no more: its edge doesn't keep it. Pure.
/// </summary>
internal sealed class ResendAsks(IngestOptions options)
{
    private const int WaitFactor = 4;

    private readonly Dictionary<LossGap, (int Times, TimeSpan Next)> _asked = [];

    /// <summary>Those to ask for now.</summary>
    /// <param name="gaps">All that are open.</param>
    /// <param name="isThere">Whether an edge can hear it.</param>
    /// <param name="now">On a clock that nobody sets.</param>
    public IReadOnlyList<(LossGap Gap, long Epoch)> Due(
        IReadOnlyList<LossGap> gaps, Func<string, bool> isThere, TimeSpan now)
    {
        var open = gaps.ToHashSet();
        foreach (var filled in _asked.Keys.Where(gap => !open.Contains(gap)).ToList())
        {
            _asked.Remove(filled);
        }

        var due = new List<(LossGap, long)>();
        foreach (var gap in gaps)
        {
            var (times, next) = _asked.GetValueOrDefault(gap);
            // Our own edges' epochs are numbers; nobody else can be asked.
            if (times < options.ResendTimesMax && now >= next && isThere(gap.Edge)
                && long.TryParse(gap.Epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
            {
                _asked[gap] = (times + 1, now + (options.ResendWait * Math.Pow(WaitFactor, times)));
                due.Add((gap, epoch));
            }
        }

        return due;
    }
}
