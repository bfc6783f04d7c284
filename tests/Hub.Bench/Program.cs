using Hub.Bench;

return args switch
{
    ["ingest", .. var rest] => await IngestBench.RunAsync(rest),
    ["rules", .. var rest] => await RulesBench.RunAsync(rest),
    ["press", .. var rest] => await PressBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("""
        Hub.Bench ingest [--clients 100] [--window 20] [--seconds 10] [--warm-up 3] [--records 1]
        Hub.Bench rules [DATA-FOLDER] [--points N]
        Hub.Bench press [100]
        """);
    return 2;
}
