namespace Hub.Rules.Simulation;

/// <summary>What goes on by itself in one space, day by day.</summary>
internal abstract class Habits
{
    /// <summary>Days are the compound's own: China keeps UTC+8 all year.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private readonly Dictionary<long, Day> _days = [];

    /// <summary>The uses of one day, by kind.</summary>
    protected sealed record Day(List<Use> Water, List<Use> Power, List<Use> Door, List<Use> Run);

    /// <summary>What is drawn without anybody doing anything, in watts, at an instant.</summary>
    public abstract double BasePower(long at);

    /// <summary>The uses that touch a span, of one kind, and perhaps others of those days.</summary>
    public IReadOnlyList<Use> Uses(UseKind kind, long from, long to)
    {
        // What begins on one day may end on the next, but never later than four o'clock.
        var last = DayOf(to);
        var first = DayOf(from);
        first = from - StartOf(first) < TimeSpan.TicksPerHour * 4 ? first - 1 : first;
        if (first == last)
        {
            return Of(DayAt(first), kind);
        }

        List<Use> uses = [];
        for (var day = first; day <= last; day++)
        {
            uses.AddRange(Of(DayAt(day), kind));
        }

        return uses;
    }

    protected abstract Day Live(long day);

    /// <summary>An instant of a day, by hours since its midnight.</summary>
    protected static long Clock(long day, double hours) => StartOf(day) + (long)(hours * TimeSpan.TicksPerHour);

    protected static Use For(long from, double seconds, double rate) =>
        new(from, from + (long)(seconds * TimeSpan.TicksPerSecond), rate);

    private static long DayOf(long ticks) => (ticks + Offset.Ticks) / TimeSpan.TicksPerDay;

    private static long StartOf(long day) => (day * TimeSpan.TicksPerDay) - Offset.Ticks;

    private static List<Use> Of(Day day, UseKind kind) => kind switch
    {
        UseKind.Water => day.Water,
        UseKind.Power => day.Power,
        UseKind.Door => day.Door,
        _ => day.Run,
    };

    private Day DayAt(long number)
    {
        const int DaysMax = 16;
        if (_days.TryGetValue(number, out var day))
        {
            return day;
        }

        if (_days.Count >= DaysMax)
        {
            _days.Clear();
        }

        return _days[number] = Live(number);
    }
}
