using Hub.Bench;

return args switch
{
    ["ingest", .. var rest] => await IngestBench.RunAsync(rest),
    ["endpoint", .. var rest] => await EndpointBench.RunAsync(rest),
    ["storm", .. var rest] => await StormBench.RunAsync(rest),
    ["fanout", .. var rest] => await FanOutBench.RunAsync(rest),
    ["idle", .. var rest] => await IdleBench.RunAsync(rest),
    ["rules", .. var rest] => await RulesBench.RunAsync(rest),
    ["series", .. var rest] => await SeriesBench.RunAsync(rest),
    ["memory", .. var rest] => await MemoryBench.RunAsync(rest),
    ["history", .. var rest] => await HistoryBench.RunAsync(rest),
    ["journal", .. var rest] => await JournalBench.RunAsync(rest),
    ["orders", .. var rest] => await OrdersBench.RunAsync(rest),
    ["edge", .. var rest] => await EdgeBench.RunAsync(rest),
    ["press", .. var rest] => await PressBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("""
        Hub.Bench ingest [--clients 100] [--window 20] [--seconds 10] [--warm-up 3] [--records 1] [--rate N|half]
        Hub.Bench endpoint [--seconds 10]
        Hub.Bench storm [--clients 20] [--window 1] [--seconds 10]
        Hub.Bench fanout [1000 [5]]
        Hub.Bench idle [10000]
        Hub.Bench rules [DATA-FOLDER] [--points N]
        Hub.Bench journal [10000000]
        Hub.Bench orders [400000]
        Hub.Bench press [100]
        Hub.Bench edge [60 [PROGRAM]]
        Hub.Bench history DATA-FOLDER
        Hub.Bench memory [10000]
        Hub.Bench series [1000000]
        """);
    return 2;
}
