using System.Globalization;

namespace Hub.Bench;

/// <summary>
/// What a storm does to everybody else: p99 of the acknowledgement of well-behaved clients, in turns without and with one
/// client that sends as much as its window lets it, which is beyond its limit by far. The median of the turns counts, since
/// the machine has other work. Arguments: --clients 20 --window 1 --seconds 5.
/// </summary>
internal static class StormBench
{
    private const int Rounds = 5;
    private const int StormWindow = 1_000;

    private const double RatioMax = 1.2;

    public static async Task<int> RunAsync(string[] args) => Figure.Show(await MeasureAsync(Options(args)));

    /// <summary>Who is there besides.</summary>
    public static LoadOptions Options(string[] args) => args.Contains("--clients")
        ? LoadOptions.Parse(args)
        : LoadOptions.Parse(args) with { Clients = 20, Window = 1 };

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(LoadOptions options)
    {
        var storm = options with { Clients = 1, Window = StormWindow, FirstNumber = 100_000 };
        await using var hub = await LoadServer.HubAsync();
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var calm = await ShowAsync("others, calm", hub, options);
            var storming = LoadRun.RunAsync("the storming client", hub.Port, storm);
            var rough = await ShowAsync("others, beside the storm", hub, options);
            Console.WriteLine(await storming);
            ratios.Add(rough.P99 / calm.P99);
        }

        ratios.Sort();
        var ratio = ratios[Rounds / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"p99 of the others beside the storm: {ratio:N2} × (median of {Rounds}; {ratios[0]:N2} to {ratios[^1]:N2})"));
        return [Figure.AtMost("p99 of the others beside a client that storms", ratio, RatioMax, "×")];
    }

    private static async Task<LoadResult> ShowAsync(string name, LoadServer hub, LoadOptions options)
    {
        var result = await LoadRun.RunAsync(name, hub.Port, options);
        Console.WriteLine(result);
        return result;
    }
}
