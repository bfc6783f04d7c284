using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Rules.Readings;

namespace Hub.Gateway.Ingest;

/// <summary>The way of <c>hub/1/{edge}/readings</c> and <c>…/events</c>.</summary>
internal sealed class ReadingsRoute(EdgeIntake edge, IngestService ingest, SiteBook site, bool isUrgent)
    : IntakeRoute
{
    public override Lock Gate => edge.Gate;

    public override bool IsUrgent => isUrgent;

    public override bool TryTake(IntakeMessage message, EntryWriter entries)
    {
        var now = ingest.Now;
        var current = site.Current;
        edge.Names.Use(current, site.File);
        if (!ingest.Decider.TryDecide(edge, current, message, now, entries))
        {
            return false;
        }

        if (!edge.IsOnline && message.ClientId == edge.Edge)
        {
            // It sends, so it is there, whether or not it has said so.
            ingest.NotePresence(edge, new EdgeStatus(edge.Edge, true, now, null), entries);
        }

        return true;
    }

    /// <summary>Asks the site about the names of this pack that it doesn't know; each is asked about once.</summary>
    public override async ValueTask PrepareAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        foreach (var (name, unit) in NamesToAsk(payload.Span))
        {
            var (device, signal) = PointName.Of(edge.Edge, name);
            var sent = SentUnits.Of(Signal.Of(signal), unit);
            var point = await site.ResolveAsync(edge.Edge, device, signal, sent, cancel);
            if (point is null)
            {
                KeepUnknown(name);
            }
        }
    }

    private IReadOnlyList<(byte[] Name, string Unit)> NamesToAsk(ReadOnlySpan<byte> payload)
    {
        lock (edge.Gate)
        {
            var current = site.Current;
            edge.Names.Use(current, site.File);
            return ingest.Decider.NamesToAsk(edge, current, payload, ingest.Now);
        }
    }

    private void KeepUnknown(ReadOnlySpan<byte> name)
    {
        lock (edge.Gate)
        {
            edge.Names.KeepUnknown(name);
        }
    }
}
