namespace Hub.Rules.Simulation;

/// <summary>
/// Chance from a seed, a name and a number: whoever asks in whatever order gets the same throws (SplitMix64). That is
/// what makes a day the same whether it is lived minute by minute or at one go.
/// </summary>
internal struct Dice(int seed, string name, long number)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = Mix((ulong)(uint)seed * Golden) ^ Mix(Hash(name)) ^ Mix((ulong)number + Golden);

    /// <summary>From 0 to just below 1.</summary>
    public double Next()
    {
        _state += Golden;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double min, double max) => min + ((max - min) * Next());

    public int Whole(int min, int max) => (int)Math.Floor(Between(min, max + 1));

    public bool Chance(double share) => Next() < share;

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    // FNV-1a: a string's own hash differs from run to run.
    private static ulong Hash(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return hash;
    }
}
