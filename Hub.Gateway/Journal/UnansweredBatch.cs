using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Entries whose commit nobody waits for: a will, a presence that the hub has noticed itself.</summary>
public sealed class UnansweredBatch : JournalBatch
{
    public override void OnCommitted(LogPosition position) => Entries.Clear();

    public override void OnGroupCommitted()
    {
    }

    public override void OnFailed(Exception failure) => Entries.Clear();
}
