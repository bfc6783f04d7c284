namespace Hub.Gateway.Series;

/// <summary>A place that moves on, and those who wait for it to come by.</summary>
internal sealed class Progress
{
    private readonly Lock _gate = new();
    private long _reached;
    private TaskCompletionSource? _next;

    public long Reached => Volatile.Read(ref _reached);

    public void MoveTo(long place)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            Volatile.Write(ref _reached, Math.Max(_reached, place));
            (waiting, _next) = (_next, null);
        }

        waiting?.SetResult();
    }

    /// <summary>Back to 0: the places mean something else from now on.</summary>
    public void Restart() => Volatile.Write(ref _reached, 0);

    public async Task WaitAsync(long place, CancellationToken cancel)
    {
        while (Reached < place)
        {
            Task next;
            lock (_gate)
            {
                if (_reached >= place)
                {
                    return;
                }

                _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                next = _next.Task;
            }

            await next.WaitAsync(cancel);
        }
    }
}
