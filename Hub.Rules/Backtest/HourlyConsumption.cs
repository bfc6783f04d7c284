using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Backtest;

/// <summary>
/// What ran through each water meter in each hour, from the same register steps that the detectors see.
/// <code>
///   sum   │            ╱‾‾       a value between two others, however late, only bends the line between them
///         │      ·····╱          a gap, or a display that hung: the sum is known, and spread evenly
///         │ __╱‾‾                new meter, reset: the line goes on level, nothing was consumed
///         └──┬────┬────┬─ hours
/// </code>
/// </summary>
public sealed class HourlyConsumption : IMeterLog
{
    private const long Hour = TimeSpan.TicksPerHour;

    /// <summary>Between readings further apart than this, how consumption was spread is not known.</summary>
    private const long SpreadTicksMax = Hour * 3 / 2;

    private readonly Dictionary<string, List<Mark>> _meters = new(StringComparer.Ordinal);

    public void Count(Point point, long atTicks, double value, in RegisterAdvance advance)
    {
        if (point.Signal != Signal.WaterVolume || advance.Step is RegisterStep.Suspect or RegisterStep.Refused)
        {
            return;
        }

        var marks = MarksOf(point);
        var sum = marks.Count == 0 ? 0 : marks[^1].Sum;
        if (!double.IsNaN(advance.Delta))
        {
            sum += advance.Delta;
            while (marks.Count > 0 && marks[^1].At > advance.FromTicks)
            {
                // It only seemed to stand still.
                marks.RemoveAt(marks.Count - 1);
            }
        }

        marks.Add(new Mark(atTicks, sum, value));
    }

    public void Late(Point point, long atTicks, double value)
    {
        if (point.Signal != Signal.WaterVolume)
        {
            return;
        }

        var marks = MarksOf(point);
        var after = marks.FindLastIndex(mark => mark.At < atTicks) + 1;
        if (after == 0 || after == marks.Count || marks[after].At == atTicks)
        {
            return;
        }

        var (before, next) = (marks[after - 1], marks[after]);
        if (value >= before.Value && before.Sum + value - before.Value is var up && up <= next.Sum)
        {
            marks.Insert(after, new Mark(atTicks, up, value));
        }
        else if (value <= next.Value && next.Sum - next.Value + value is var down && down >= before.Sum)
        {
            marks.Insert(after, new Mark(atTicks, down, value));
        }
    }

    /// <summary>Every hour between a meter's first and last value.</summary>
    public IEnumerable<ConsumedHour> Hours() =>
        from meter in _meters
        where meter.Value.Count > 1
        orderby meter.Key
        from hour in Hours(meter.Key, meter.Value)
        select hour;

    private static IEnumerable<ConsumedHour> Hours(string device, List<Mark> marks)
    {
        var (i, before) = (0, 0.0);
        for (var hour = marks[0].At - (marks[0].At % Hour); hour < marks[^1].At; hour += Hour)
        {
            var isSpread = false;
            var end = Math.Min(hour + Hour, marks[^1].At);
            while (true)
            {
                isSpread |= marks[i + 1].At - marks[i].At > SpreadTicksMax && marks[i + 1].Sum > marks[i].Sum;
                if (marks[i + 1].At >= end)
                {
                    break;
                }

                i++;
            }

            var sum = SumAt(marks[i], marks[i + 1], end);
            yield return new ConsumedHour(
                new DateTimeOffset(hour, TimeSpan.Zero), device, Math.Round((sum - before) * 1000, 3), isSpread);
            before = sum;
            i += marks[i + 1].At == end && i + 2 < marks.Count ? 1 : 0;
        }
    }

    private static double SumAt(Mark from, Mark to, long at) =>
        from.Sum + ((to.Sum - from.Sum) * (at - from.At) / (to.At - from.At));

    private List<Mark> MarksOf(Point point)
    {
        if (!_meters.TryGetValue(point.Device, out var marks))
        {
            _meters.Add(point.Device, marks = []);
        }

        return marks;
    }

    /// <param name="At">UTC ticks.</param>
    /// <param name="Sum">Consumed up to then since the first value, in m³.</param>
    /// <param name="Value">What the register showed.</param>
    private readonly record struct Mark(long At, double Sum, double Value);
}
