using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Transport.Messages;

namespace Hub.Gateway.Ingest;

/// <summary>
/// The way of <c>hub/1/{edge}/ack</c>: what an edge answers to a command or a configuration. It is told to whoever
/// watches, and is no history: the journal keeps only what can't be read.
/// </summary>
internal sealed class AckRoute(EdgeIntake edge, IngestService ingest) : IntakeRoute
{
    public override Lock Gate => edge.Gate;

    public override bool TryTake(IntakeMessage message, EntryWriter entries)
    {
        if (AnswerMessage.TryRead(message.Payload, out var answer, out var fault))
        {
            ingest.Tell(new EdgeAnswer(edge.Edge, answer.Id, answer.Ok, answer.Why ?? "", ingest.Now));
        }
        else
        {
            edge.Rejected++;
            ingest.Decider.SetAside(
                edge, message, SetAsideKind.Unreadable, $"The answer can't be read: {fault}", ingest.Now, entries);
        }

        return true;
    }

    public override ValueTask PrepareAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel) =>
        ValueTask.CompletedTask;
}
