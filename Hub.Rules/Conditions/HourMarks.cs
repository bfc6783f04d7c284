using System.Numerics;
using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>Which of the last 128 hours had something in them, as bits; hours are counted from year 1.</summary>
public struct HourMarks
{
    /// <summary>So many hours are remembered.</summary>
    public const int HoursMax = 128;

    private UInt128 _bits;
    private long _newest;

    public static long HourOf(long ticks) => ticks / TimeSpan.TicksPerHour;

    /// <summary>The newest hour with a mark; 0 for none.</summary>
    public readonly long Newest => _newest;

    public void Mark(long hour)
    {
        if (hour == _newest)
        {
            _bits |= 1;
            return;
        }

        if (hour > _newest)
        {
            _bits = hour - _newest >= HoursMax ? 0 : _bits << (int)(hour - _newest);
            _newest = hour;
        }

        if (_newest - hour < HoursMax)
        {
            _bits |= UInt128.One << (int)(_newest - hour);
        }
    }

    /// <summary>How many of the <paramref name="hours"/> up to and with this one are marked.</summary>
    public readonly int Count(long last, int hours)
    {
        // Marks that are newer than the last hour asked for are shifted out, those that are older masked.
        var newer = Math.Max(0, _newest - last);
        var older = Math.Max(0, last - _newest);
        if (newer >= HoursMax || older >= hours)
        {
            return 0;
        }

        var wanted = (UInt128.One << (int)(hours - older)) - 1;
        var bits = (_bits >> (int)newer) & wanted;
        return BitOperations.PopCount((ulong)bits) + BitOperations.PopCount((ulong)(bits >> 64));
    }

    public void Persist(StateCodec state)
    {
        var (low, high) = ((long)(ulong)_bits, (long)(ulong)(_bits >> 64));
        state.Sync(ref low);
        state.Sync(ref high);
        state.Sync(ref _newest);
        _bits = new UInt128((ulong)high, (ulong)low);
    }
}
