using Hub.Bench;

return args switch
{
    ["ingest", .. var rest] => await IngestBench.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.WriteLine("Hub.Bench ingest [--clients 100] [--window 20] [--seconds 10] [--warm-up 3] [--records 1]");
    return 2;
}
