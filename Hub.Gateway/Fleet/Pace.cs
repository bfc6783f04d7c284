namespace Hub.Gateway.Fleet;

/// <summary>
/// Learns how often one point reports: the median of its last five steps. A pause or a burst moves it only when it has
/// become the rule. Pure.
/// </summary>
internal sealed class Pace
{
    private const int StepsMax = 5;

    private readonly long[] _steps = new long[StepsMax];
    private int _count;

    public long LastAtTicks { get; private set; } = long.MinValue;

    /// <summary>Null until it has seen enough.</summary>
    public TimeSpan? Every
    {
        get
        {
            if (_count < StepsMax)
            {
                return null;
            }

            Span<long> sorted = stackalloc long[StepsMax];
            _steps.CopyTo(sorted);
            sorted.Sort();
            return new TimeSpan(sorted[StepsMax / 2]);
        }
    }

    public void Take(long atTicks)
    {
        // Late and equal times say nothing about the step.
        if (atTicks <= LastAtTicks)
        {
            return;
        }

        if (LastAtTicks != long.MinValue)
        {
            _steps[_count++ % StepsMax] = atTicks - LastAtTicks;
            _count = _count == 2 * StepsMax ? StepsMax : _count;
        }

        LastAtTicks = atTicks;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(LastAtTicks);
        writer.Write((byte)_count);
        foreach (var step in _steps)
        {
            writer.Write(step);
        }
    }

    public static Pace Load(BinaryReader reader)
    {
        var pace = new Pace { LastAtTicks = reader.ReadInt64(), _count = reader.ReadByte() };
        for (var i = 0; i < StepsMax; i++)
        {
            pace._steps[i] = reader.ReadInt64();
        }

        return pace;
    }
}
