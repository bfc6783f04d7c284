using Hub.Gateway.Adapters;
using Hub.Gateway.Broker;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Rules.Engine;
using Hub.Transport.Messages;

namespace Hub.Gateway.Ingest;

/// <summary>
/// The way of a third-party topic: decoded, put into packs as our own edges send them, and from there on theirs.
/// <code>
///  message ─ adapter ─► packs ─► ReadingsRoute          (journal, or quarantine with a proposal)
///               ├─────► cards ─► set aside as unknown   (a proposal before the first reading)
///               └─────► refusal ─► set aside as unreadable, whole
/// </code>
/// </summary>
internal sealed class AdapterRoute(AdapterIntake intake, IngestService ingest, SiteBook site) : IntakeRoute
{
    private readonly ReadingsRoute _readings = new(intake.Edge, ingest, site, isUrgent: false);

    // What is left of a message whose names the site must be asked about first; decoded once, or a count of its
    // messages would see it twice.
    private List<byte[]> _packs = [];
    private int _next;

    public override Lock Gate => intake.Edge.Gate;

    public override bool TakesRetained(string topic) => intake.IsDescription(topic);

    public override bool TryTake(IntakeMessage message, EntryWriter entries)
    {
        if (_next == _packs.Count)
        {
            Decode(message, entries);
        }

        for (; _next < _packs.Count; _next++)
        {
            var pack = new IntakeMessage(intake.Edge.Edge, message.Topic, _packs[_next]);
            if (!_readings.TryTake(pack, entries))
            {
                return false;
            }
        }

        return true;
    }

    public override ValueTask PrepareAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel) =>
        _readings.PrepareAsync(_packs[_next], cancel);

    private void Decode(IntakeMessage message, EntryWriter entries)
    {
        (_packs, _next) = ([], 0);
        var (now, decoded) = (ingest.Now, intake.Decoded);
        var (cameAt, clock) = (now, SenMlClock.Unstated);
        decoded.Clear();
        if (message.Payload.Length > intake.Options.PayloadBytesMax)
        {
            decoded.Refuse(
                $"The message has {message.Payload.Length} bytes; at most {intake.Options.PayloadBytesMax} are read.");
        }
        else if (Forwarded.TryOpen(intake.Declared, message.Topic, message.Payload, now, out var opened, out clock))
        {
            cameAt = opened.Now;
            intake.Adapter.Decode(opened, decoded);
        }
        else
        {
            decoded.Refuse("The message has no time in front, as an edge writes it; see Hub.Edge/README.md.");
        }

        if (intake.TakeNewTopics())
        {
            ingest.NoteTopics();
        }

        if (decoded.Request is { } request)
        {
            ingest.Requests.Ask(request);
        }

        if (decoded.Refusal is { } why)
        {
            intake.Edge.Rejected++;
            ingest.Decider.SetAside(intake.Edge, message, SetAsideKind.Unreadable, why, now, entries);
            return;
        }

        if (decoded.IsOnline is { } isOnline && isOnline != intake.Edge.IsOnline)
        {
            ingest.NotePresence(intake.Edge, new EdgeStatus(intake.Edge.Edge, isOnline, now, null), entries);
        }

        Propose(message.Topic, now, entries);
        _packs = intake.Packs.Of(decoded, cameAt, clock);
    }

    private void Propose(string topic, DateTimeOffset now, EntryWriter entries)
    {
        var news = intake.Decoded.Cards.Count > 0 ? intake.News(site.Current, site.File) : [];
        foreach (var pack in Packs.Of(news, intake.Options.PackBytesMax))
        {
            if (!intake.MayAnnounce(now))
            {
                // What is not noted is news again when the device says it again.
                return;
            }

            entries.Write(new Entry.SetAside(
                intake.Edge.Edge, topic, SetAsideKind.Unknown,
                "A device has announced signals that nobody has commissioned.", now, pack));
        }

        intake.Note(news);
    }
}
