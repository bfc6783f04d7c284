using Hub.Rules.Readings;

namespace Hub.Rules.Conditions;

/// <summary>
/// Signs of life in one home, hour by hour and kind by kind: water drawn, electricity beyond the home's base, a door
/// opened. What an hour must show to count is the caller's.
/// </summary>
public sealed class LifeSigns
{
    /// <summary>Water, electricity, door.</summary>
    public const int Kinds = 3;

    /// <summary>Life stops in some hours of each day; what runs in more of them is a leak or a machine.</summary>
    private const int HoursADayMax = 18;
    private const int HoursADayMin = 2;

    private readonly Signs[] _signs = new Signs[Kinds];

    /// <summary>The newest hour with a sign of any kind; 0 for none.</summary>
    public long Newest => Math.Max(_signs[0].Marks.Newest, Math.Max(_signs[1].Marks.Newest, _signs[2].Marks.Newest));

    public bool HasEver(LifeKind kind) => _signs[(int)kind].Marks.Newest > 0;

    /// <summary>So much was used up to that instant; a sign once the hour's sum reaches the least.</summary>
    public void Use(LifeKind kind, long atTicks, double amount, double least)
    {
        var hour = HourMarks.HourOf(atTicks - 1);
        ref var signs = ref _signs[(int)kind];
        (signs.Amount, signs.Hour) = (signs.Hour == hour ? signs.Amount + amount : amount, hour);
        if (signs.Amount >= least)
        {
            signs.Marks.Mark(hour);
        }
    }

    public void Mark(LifeKind kind, long hour) => _signs[(int)kind].Marks.Mark(hour);

    /// <summary>In how many of the hours up to this one.</summary>
    public int Count(LifeKind kind, long lastHour, int hours) => _signs[(int)kind].Marks.Count(lastHour, hours);

    /// <summary>Whether there was any in the hours up to this one.</summary>
    public bool HasAny(long lastHour, int hours) =>
        Count(LifeKind.Water, lastHour, hours) + Count(LifeKind.Electricity, lastHour, hours)
        + Count(LifeKind.Door, lastHour, hours) > 0;

    /// <summary>
    /// Whether so many days up to this hour were lived, each by so many kinds, and from the first half day to the last:
    /// else two long days could pass for three.
    /// </summary>
    public bool HaveLived(long lastHour, int days, int kinds)
    {
        for (var day = 0; day < days; day++)
        {
            if (KindsLived(lastHour - (24 * day)) < kinds)
            {
                return false;
            }
        }

        return HasAny(lastHour, 12) && HasAny(lastHour - (24 * days) + 12, 12);
    }

    /// <summary>How many kinds show the pattern of a lived-in day in the 24 h up to this hour.</summary>
    public int KindsLived(long lastHour)
    {
        var lived = 0;
        for (var kind = LifeKind.Water; kind <= LifeKind.Door; kind++)
        {
            var hours = Count(kind, lastHour, 24);
            lived += hours <= HoursADayMax && hours >= (kind == LifeKind.Door ? 1 : HoursADayMin) ? 1 : 0;
        }

        return lived;
    }

    public void Persist(StateCodec state)
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            ref var signs = ref _signs[kind];
            signs.Marks.Persist(state);
            state.Sync(ref signs.Amount);
            state.Sync(ref signs.Hour);
        }
    }

    /// <summary>Of one kind: the hours that had a sign, and the sum of the newest.</summary>
    private struct Signs
    {
        public HourMarks Marks;
        public double Amount;
        public long Hour;
    }
}
