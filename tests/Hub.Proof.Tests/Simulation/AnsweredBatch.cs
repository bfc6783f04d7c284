using Hub.Gateway.Journal;
using Hub.Transport.Log;

namespace Hub.Proof.Tests.Simulation;

/// <summary>What one message has become on its way into the journal, and its PUBACK when it is there.</summary>
internal sealed class AnsweredBatch(Action answer) : JournalBatch
{
    public override void OnCommitted(LogPosition position)
    {
        Entries.Clear();
        answer();
    }

    public override void OnGroupCommitted()
    {
    }

    /// <summary>The same for whoever has answered already.</summary>
    public AnsweredBatch WithoutAnswer()
    {
        answer = () => { };
        return this;
    }

    public override void OnFailed(Exception failure) => Entries.Clear();
}
