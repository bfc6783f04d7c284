namespace Hub.Bench;

/// <summary>One load: how many clients, how many messages each has in flight, for how long.</summary>
/// <param name="Clients">Connections.</param>
/// <param name="Window">Messages of one client that wait for their PUBACK.</param>
/// <param name="For">How long is measured, after the warm-up.</param>
/// <param name="WarmUp">How long is sent before.</param>
/// <param name="Records">SenML records in one message.</param>
internal sealed record LoadOptions(int Clients, int Window, TimeSpan For, TimeSpan WarmUp, int Records)
{
    /// <summary>The first client's number; of two loads at once each has its own.</summary>
    public int FirstNumber { get; init; } = 1;

    /// <summary>Messages a second of all clients together, a window at once, whatever is answered; 0 fills the windows as they get free.</summary>
    public int PerSecond { get; init; }

    public static LoadOptions Parse(string[] args) => new(
        Number(args, "--clients", 100), Number(args, "--window", 20),
        TimeSpan.FromSeconds(Number(args, "--seconds", 10)), TimeSpan.FromSeconds(Number(args, "--warm-up", 3)),
        Number(args, "--records", 1));

    private static int Number(string[] args, string name, int fallback) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
            ? int.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture)
            : fallback;
}
