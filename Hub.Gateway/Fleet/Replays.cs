using Hub.Gateway.Journal;
using Hub.Gateway.Waiting;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Fleet;

/// <summary>
/// Asks for messages that were set aside to be tried again, as they would be taken today: a mapping was corrected, a
/// meter's unit was told, a device was put into service. One at a time.
/// </summary>
public sealed class Replays(JournalLog journal, TimeProvider time) : IDisposable
{
    private readonly Turn _one = new();
    private volatile Waiting? _waiting;

    /// <summary>
    /// Completes when the readings that they hold are in the journal. What was set aside until now is among them.
    /// </summary>
    public async Task<ReplayResult> RunAsync(ReplayRequest request, CancellationToken cancel)
    {
        using var turn = await _one.TakeAsync(cancel);
        var waiting = new Waiting(request, journal.Tail);
        _waiting = waiting;
        // The follower does it between two rows, for it alone knows what was released before. This one wakes it.
        await journal.AppendAsync(new Entry.Tick(time.GetUtcNow()), cancel);
        return await waiting.Done.Task.WaitAsync(cancel);
    }

    public void Dispose() => _one.Dispose();

    /// <summary>
    /// What is asked for and not yet begun, if all that it may mean has been followed; whoever takes it does it.
    /// </summary>
    internal Waiting? Take(LogPosition followed) =>
        _waiting is { } waiting && followed >= waiting.After ? Interlocked.Exchange(ref _waiting, null) : null;

    internal sealed record Waiting(ReplayRequest Request, LogPosition After)
    {
        public TaskCompletionSource<ReplayResult> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
