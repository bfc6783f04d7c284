namespace Hub.Rules.Simulation;

/// <summary>Nobody lives here: a few watts of standby, and nothing else whatever.</summary>
internal sealed class EmptyHome(int seed, string space) : Habits
{
    private readonly double _standby = new Dice(seed, space, 0).Between(3, 8);

    public override double BasePower(long at) => _standby;

    protected override Day Live(long day) => new([], [], [], []);
}
