using Polly;
using Polly.Retry;

namespace Hub.Gateway.Storage;

/// <summary>
/// For what must be written in the end and is asked of nobody: while the database is away it is tried again and again,
/// in real time, whatever speed the building runs at. What a person asks for is refused instead.
/// </summary>
internal static class Patience
{
    private static readonly ResiliencePipeline Waiting = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(StorageSetup.IsAway),
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(5),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    /// <summary>Returns when it is done; throws what has nothing to do with a database that is away.</summary>
    /// <param name="write">Can be done again, also if it was done and nobody heard of it.</param>
    /// <param name="stopping">Ends the waiting.</param>
    public static async Task UntilDoneAsync(Func<Task> write, CancellationToken stopping) =>
        await Waiting.ExecuteAsync(
            static async (once, _) => await once(), write, stopping);
}
