namespace Hub.Rules.Simulation;

/// <summary>The air in a home: a little warmer in the afternoon, a little damper at night.</summary>
internal static class Climate
{
    public static (double Celsius, double RelativeHumidity) At(int seed, string device, long at)
    {
        var own = new Dice(seed, device, 0);
        var (middle, damp) = (own.Between(18, 23), own.Between(42, 58));
        var noise = new Dice(seed, device, at);
        var hour = (at + Habits.Offset.Ticks) % TimeSpan.TicksPerDay / (double)TimeSpan.TicksPerHour;
        var wave = Math.Cos((hour - 15) / 24 * Math.Tau);
        return (
            Math.Round(middle + (1.5 * wave) + noise.Between(-0.1, 0.1), 2),
            Math.Round(damp - (4 * wave) + noise.Between(-0.5, 0.5), 1));
    }
}
