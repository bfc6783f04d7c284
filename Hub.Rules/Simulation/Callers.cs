namespace Hub.Rules.Simulation;

/// <summary>Residents who press the lobby's call button now and then.</summary>
internal sealed class Callers(int seed, string space, double pressesPerDay) : Habits
{
    public override double BasePower(long at) => 0;

    protected override Day Live(long day)
    {
        var dice = new Dice(seed, space, day);
        var lived = new Day([], [], [], []);
        var presses = (int)pressesPerDay + (dice.Chance(pressesPerDay - Math.Floor(pressesPerDay)) ? 1 : 0);
        for (var i = 0; i < presses; i++)
        {
            lived.Run.Add(For(Clock(day, dice.Between(7, 21.5)), 1, 1));
        }

        return lived;
    }
}
