using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Entries whose commit somebody awaits.</summary>
internal sealed class AwaitedBatch : JournalBatch
{
    private readonly TaskCompletionSource<LogPosition> _committed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<LogPosition> Committed => _committed.Task;

    public override bool IsOwn => true;

    public override void OnCommitted(LogPosition position)
    {
        Entries.Clear();
        _committed.SetResult(position);
    }

    public override void OnGroupCommitted()
    {
    }

    public override void OnFailed(Exception failure)
    {
        Entries.Clear();
        _committed.SetException(new LogFailedException("The journal can't confirm this entry.", failure));
    }
}
