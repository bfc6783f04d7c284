using System.Diagnostics;

namespace Hub.Proof.Tests.Edge;

/// <summary>What becomes so in the end, on a busy machine too.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Looks again and again until it is enough; what it saw last.</summary>
    public static async Task<T> SeeAsync<T>(Func<Task<T>> look, Func<T, bool> isEnough)
    {
        var patience = Stopwatch.StartNew();
        var seen = await look();
        while (!isEnough(seen) && patience.Elapsed < Patience)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            seen = await look();
        }

        return seen;
    }
}
