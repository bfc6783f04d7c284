namespace Hub.Gateway.Web.Devices;

/// <summary>
/// A device's health in one word, from when it was last heard and how often it should be. Pure.
/// </summary>
public static class Health
{
    private const double LateAfter = 1.5;
    private const double OfflineAfter = 3;

    private static readonly string[] Ranks = ["ok", "unused", "never", "late", "suspect", "offline"];

    /// <summary>How much it wants attention: the worst is the greatest.</summary>
    public static int Rank(string state) => Array.IndexOf(Ranks, state);

    public static string Of(DateTimeOffset? seenAt, TimeSpan? every, DateTimeOffset now)
    {
        if (seenAt is not { } seen)
        {
            return "never";
        }

        // What reports on change may be silent for weeks and be well.
        var silence = every is { } expected && expected > TimeSpan.Zero ? (now - seen) / expected : 0;
        return silence > OfflineAfter ? "offline" : silence > LateAfter ? "late" : "ok";
    }

    public static string WorstOf(IReadOnlyList<DeviceView> devices) =>
        devices.Count == 0 ? "never" : devices.MaxBy(device => Rank(device.State))!.State;
}
