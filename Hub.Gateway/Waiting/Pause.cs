namespace Hub.Gateway.Waiting;

internal static class Pause
{
    /// <summary>Returns on the change or after that time, whichever is first; throws only when stopping.</summary>
    public static async Task UntilAsync(Task change, TimeSpan most, TimeProvider time, CancellationToken stopping)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(change, Task.Delay(most, time, timer.Token));
        await timer.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }
}
