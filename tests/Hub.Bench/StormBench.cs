using System.Globalization;

namespace Hub.Bench;

/// <summary>
/// What a storm does to everybody else: p99 of the acknowledgement of well-behaved clients, in turns without and with one
/// client that sends as much as its window lets it, which is beyond its limit by far. The best of each counts, since the
/// machine has other work. Arguments: --clients 20 --window 1 --seconds 5.
/// </summary>
internal static class StormBench
{
    private const int Rounds = 4;
    private const int StormWindow = 1_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = LoadOptions.Parse(args);
        var options = args.Contains("--clients") ? parsed : parsed with { Clients = 20, Window = 1 };
        var storm = options with { Clients = 1, Window = StormWindow, WarmUp = options.WarmUp, FirstNumber = 100_000 };
        await using var hub = await LoadServer.HubAsync();
        var (calm, rough) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            calm.Add(await ShowAsync("others, calm", hub, options));
            var storming = LoadRun.RunAsync("the storming client", hub.Port, storm);
            rough.Add(await ShowAsync("others, beside the storm", hub, options));
            Console.WriteLine(await storming);
        }

        var ratio = rough.Min(one => one.P99) / calm.Min(one => one.P99);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"p99 of the others, best of {Rounds}: {ratio:N2} × beside the storm"));
        return ratio <= 1.2 ? 0 : 1;
    }

    private static async Task<LoadResult> ShowAsync(string name, LoadServer hub, LoadOptions options)
    {
        var result = await LoadRun.RunAsync(name, hub.Port, options);
        Console.WriteLine(result);
        return result;
    }
}
