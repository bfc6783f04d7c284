using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;

namespace Hub.Gateway.Ingest;

/// <summary>
/// Messages under an edge id that can't be one: kept with the reason, so that the acknowledgement is no lie.
/// </summary>
internal sealed class RefusedRoute(EdgeIntake edge, IngestService ingest) : IntakeRoute
{
    public override Lock Gate => edge.Gate;

    public override bool TryTake(IntakeMessage message, EntryWriter entries)
    {
        edge.Rejected++;
        ingest.Decider.SetAside(
            edge, message, SetAsideKind.UnknownTopic,
            $"The edge's id in {message.Topic} must be 1 to {IngestService.EdgeIdCharactersMax} letters, digits, - . _ "
            + $"and :, and nothing else, and {IngestService.OwnId} is this hub itself; give the edge another id.",
            ingest.Now, entries);
        return true;
    }

    public override ValueTask PrepareAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel) =>
        ValueTask.CompletedTask;
}
