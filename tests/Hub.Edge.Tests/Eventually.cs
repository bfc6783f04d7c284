namespace Hub.Edge.Tests;

/// <summary>Waiting for what another thread or a real server brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    /// <summary>Looks until it holds; a test in which it never does ends as cancelled.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!holds())
        {
            await Task.Delay(LookEvery, patience.Token);
        }
    }
}
