namespace Hub.Bench;

/// <summary>
/// Everything that the MQTT endpoint is to reach, in turn, in one table at the end: speed, the acknowledgement's tail, idle
/// connections, fan-out and a storm. About five minutes; argument: --seconds 10 of each load.
/// </summary>
internal static class EndpointBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = LoadOptions.Parse(args);
        var hundred = await IngestBench.CompareAsync(options);
        var thousand = await IngestBench.CompareAsync(options with { Clients = 1_000, Window = 4 });
        var packs = await IngestBench.CompareAsync(options with { Records = 10 });
        List<Figure> figures =
        [
            Figure.AtLeast("acknowledged publishes, 100 clients × 20, beside Mosquitto", hundred.Ratio, 2.5, "×"),
            Figure.AtLeast("the same, 1,000 clients × 4", thousand.Ratio, 1.7, "×"),
            Figure.AtLeast("readings a second, packs of ten", packs.Hub.PerSecond * 10, 1_000_000, "/s"),
            .. await PacedBench.MeasureAsync(options with { PerSecond = (int)(hundred.Hub.PerSecond / 2) }),
            .. await PacedBench.MeasureAsync(options with { Window = 1, PerSecond = PacedBench.Steady }),
            .. await IdleBench.MeasureAsync(10_000),
            .. await FanOutBench.MeasureAsync(1_000, options.For),
            .. await StormBench.MeasureAsync(StormBench.Options(args)),
        ];
        Console.WriteLine("The endpoint:");
        return Figure.Show(figures);
    }
}
