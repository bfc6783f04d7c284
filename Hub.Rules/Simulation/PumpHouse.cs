namespace Hub.Rules.Simulation;

/// <summary>
/// The compound's booster pump: it fills the roof tank for a few minutes whenever enough has been drawn, several times
/// an hour by day and seldom at night.
/// </summary>
internal sealed class PumpHouse(int seed, string space) : Habits
{
    /// <summary>What the pump draws while it runs, in watts.</summary>
    public const double PumpWatts = 2200;

    public override double BasePower(long at) => 35;

    /// <summary>The tank's level in metres: it rises while the pump runs and falls in between.</summary>
    public static double Level(IReadOnlyList<Use> runs, long at)
    {
        var running = 0.0;
        var since = 3600.0;
        foreach (var run in runs)
        {
            if (run.From <= at && at < run.To)
            {
                running = Math.Max(running, (at - run.From) / (double)TimeSpan.TicksPerSecond);
            }
            else if (run.To <= at)
            {
                since = Math.Min(since, (at - run.To) / (double)TimeSpan.TicksPerSecond);
            }
        }

        return running > 0 ? Math.Min(2.4, 1.7 + (running * 0.0025)) : Math.Max(1.5, 2.4 - (since * 0.0003));
    }

    protected override Day Live(long day)
    {
        var dice = new Dice(seed, space, day);
        var lived = new Day([], [], [], []);
        for (var hour = dice.Between(0, 0.5); hour < 24; hour += hour is > 6 and < 23 ? dice.Between(0.3, 0.6) : 1.6)
        {
            var run = For(Clock(day, hour), dice.Between(180, 320), 1);
            lived.Run.Add(run);
            lived.Power.Add(run with { Rate = PumpWatts });
        }

        return lived;
    }
}
