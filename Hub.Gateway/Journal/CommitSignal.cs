namespace Hub.Gateway.Journal;

/// <summary>
/// Wakes all followers at each commit. Ask for <see cref="Next"/> before looking, so that none is missed.
/// </summary>
internal sealed class CommitSignal
{
    private TaskCompletionSource? _next;

    public Task Next
    {
        get
        {
            var next = Volatile.Read(ref _next);
            if (next is null)
            {
                var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                next = Interlocked.CompareExchange(ref _next, fresh, null) ?? fresh;
            }

            return next.Task;
        }
    }

    public void Raise() => Interlocked.Exchange(ref _next, null)?.SetResult();
}
