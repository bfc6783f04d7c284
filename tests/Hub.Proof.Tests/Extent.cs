using System.Globalization;

namespace Hub.Proof.Tests;

/// <summary>How much is done: a little, so that everybody can wait for it, or as much as the environment says.</summary>
internal static class Extent
{
    /// <summary>Where the seeds begin, and what draws a sample: BUILDINGHUB_SEED_FROM.</summary>
    public static int SeedFrom => Of("BUILDINGHUB_SEED_FROM", 1);

    /// <param name="variable">Its value is a number, or "all".</param>
    /// <param name="otherwise">Where it isn't set.</param>
    public static int Of(string variable, int otherwise) => Environment.GetEnvironmentVariable(variable) switch
    {
        null or "" => otherwise,
        "all" => int.MaxValue,
        var number => int.Parse(number, CultureInfo.InvariantCulture),
    };

    /// <summary>So many of them at most, drawn by the seed, in their order.</summary>
    public static IEnumerable<T> Some<T>(IReadOnlyList<T> all, int countMax)
    {
        var random = new Random(SeedFrom);
        var drawn = Enumerable.Range(0, all.Count).OrderBy(_ => random.Next()).Take(countMax);
        return drawn.Order().Select(index => all[index]);
    }
}
