using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Transport.Messages;

namespace Hub.Gateway.Ingest;

/// <summary>The way of <c>hub/1/{edge}/status</c>: the edge's birth, and its will.</summary>
internal sealed class StatusRoute(EdgeIntake edge, IngestService ingest) : IntakeRoute
{
    public override Lock Gate => edge.Gate;

    public override bool TakesRetained(string topic) => true;

    public override bool TryTake(IntakeMessage message, EntryWriter entries)
    {
        var now = ingest.Now;
        if (message.Payload.IsEmpty)
        {
            // The retained status is taken back; that says nothing about the edge.
            return true;
        }

        if (EdgeStatusMessage.TryRead(message.Payload, out var status, out var fault))
        {
            var isOnline = status.State == EdgeState.Online;
            ingest.NotePresence(edge, new EdgeStatus(edge.Edge, isOnline, now, status), entries);
        }
        else
        {
            edge.Rejected++;
            ingest.Decider.SetAside(
                edge, message, SetAsideKind.Unreadable, $"The status can't be read: {fault}", now, entries);
        }

        return true;
    }

    public override ValueTask PrepareAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel) =>
        ValueTask.CompletedTask;
}
