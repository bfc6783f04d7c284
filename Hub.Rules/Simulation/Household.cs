namespace Hub.Rules.Simulation;

/// <summary>
/// People with habits: they rise, wash, cook, go out, come home and sleep at hours of their own, each day a little
/// different. Amounts are those of ordinary fittings: a flush 6 L, a shower 500 L/h, a washing machine's fill 12 L.
/// </summary>
internal sealed class Household : Habits
{
    private readonly int _seed;
    private readonly string _space;
    private readonly int _people;
    private readonly double _rises;
    private readonly double _sleeps;
    private readonly bool _isHomeByDay;
    private readonly double _base;
    private readonly long _fridgePhase;

    public Household(int seed, string space)
    {
        (_seed, _space) = (seed, space);
        var dice = new Dice(seed, space, 0);
        _people = dice.Whole(1, 4);
        _rises = dice.Between(5.8, 7.6);
        _sleeps = dice.Between(21.8, 23.4);
        _isHomeByDay = dice.Chance(0.3);
        _base = dice.Between(45, 120);
        _fridgePhase = dice.Whole(0, 44) * TimeSpan.TicksPerMinute;
    }

    /// <summary>Routers, standby, and a refrigerator that runs 15 minutes of every 45.</summary>
    public override double BasePower(long at) =>
        _base + ((at + _fridgePhase) / TimeSpan.TicksPerMinute % 45 < 15 ? 85 : 0);

    protected override Day Live(long day)
    {
        var dice = new Dice(_seed, _space, day);
        var lived = new Day([], [], [], []);
        var rises = _rises + dice.Between(-0.3, 0.4);
        var sleeps = _sleeps + dice.Between(-0.4, 0.4);
        var isWeekend = day % 7 is 5 or 6; // day 0 was a Monday
        var leaves = rises + dice.Between(1.0, 1.6);
        var returns = dice.Between(17.3, 19.2);
        var isOut = !_isHomeByDay && !isWeekend;

        for (var person = 0; person < _people; person++)
        {
            Wash(lived, ref dice, day, rises, isOut ? leaves : rises + 3);
            Wash(lived, ref dice, day, isOut ? returns : 12, sleeps);
        }

        Shower(lived, ref dice, day, rises, sleeps);
        Cook(lived, ref dice, day, rises + 0.2, 0.4);
        Cook(lived, ref dice, day, returns + 0.4, 1);
        Evening(lived, day, returns, sleeps);
        Laundry(lived, ref dice, day, isOut ? returns : 10);
        if (isOut)
        {
            Door(lived, ref dice, day, leaves);
            Door(lived, ref dice, day, returns);
        }
        else
        {
            Cook(lived, ref dice, day, 11.8, 0.8);
            Door(lived, ref dice, day, dice.Between(9, 11));
            Door(lived, ref dice, day, dice.Between(14, 17));
        }

        return lived;
    }

    private static void Wash(Day lived, ref Dice dice, long day, double from, double to)
    {
        var flushes = dice.Whole(2, 3);
        for (var i = 0; i < flushes; i++)
        {
            lived.Water.Add(For(Clock(day, dice.Between(from, to)), 60, 360));
        }

        var draws = dice.Whole(4, 8);
        for (var i = 0; i < draws; i++)
        {
            lived.Water.Add(For(Clock(day, dice.Between(from, to)), dice.Between(8, 60), dice.Between(180, 420)));
        }
    }

    private void Shower(Day lived, ref Dice dice, long day, double rises, double sleeps)
    {
        for (var person = 0; person < _people; person++)
        {
            var hour = person % 2 == 0 ? rises + 0.1 + (0.25 * person) : sleeps - 1.2 + (0.25 * person);
            var at = Clock(day, hour + dice.Between(0, 0.1));
            var seconds = dice.Between(300, 560);
            lived.Water.Add(For(at, seconds, dice.Between(420, 560)));
            lived.Power.Add(For(at, seconds, 250));
        }
    }

    private static void Cook(Day lived, ref Dice dice, long day, double hour, double effort)
    {
        var at = Clock(day, hour + dice.Between(0, 0.3));
        lived.Power.Add(For(at, 180, 1800));
        lived.Power.Add(For(at + TimeSpan.TicksPerMinute, effort * dice.Between(1200, 2400), dice.Between(900, 1700)));
        lived.Water.Add(For(at, 40, 300));
        lived.Water.Add(For(at + (30 * TimeSpan.TicksPerMinute), effort * dice.Between(90, 240), 280));
    }

    private static void Evening(Day lived, long day, double returns, double sleeps)
    {
        var from = Clock(day, Math.Max(returns, 17.5));
        lived.Power.Add(new Use(from, Clock(day, sleeps), 130));
        lived.Power.Add(new Use(from + TimeSpan.TicksPerHour, Clock(day, sleeps - 0.3), 110));
    }

    private static void Laundry(Day lived, ref Dice dice, long day, double hour)
    {
        if (!dice.Chance(0.45))
        {
            return;
        }

        var at = Clock(day, hour + dice.Between(0.3, 1));
        lived.Power.Add(For(at, 5400, 220));
        lived.Power.Add(For(at + (5 * TimeSpan.TicksPerMinute), 900, 1700));
        for (var fill = 0; fill < 4; fill++)
        {
            lived.Water.Add(For(at + (fill * 22 * TimeSpan.TicksPerMinute), 72, 600));
        }
    }

    private static void Door(Day lived, ref Dice dice, long day, double hour) =>
        lived.Door.Add(For(Clock(day, hour), dice.Between(8, 25), 1));
}
