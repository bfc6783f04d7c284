using System.Text;
using System.Text.Json.Nodes;
using Hub.Gateway.Broker;
using Hub.Gateway.Ingest;
using Microsoft.EntityFrameworkCore;

namespace Hub.Proof.Tests.Simulation;

/// <summary>The hub's door: a PUBLISH in, a PUBACK out when the journal has it. The baits of the door are here.</summary>
internal sealed partial class SimulatedHub
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, long> _nextSequence = [];

    public void Receive(Packet packet) => Guarded(() =>
    {
        if (bait == Bait.LateDataDropped && IsLate(packet.Payload!))
        {
            Answer(packet);
            return;
        }

        if (bait == Bait.GapTakenForZero && ZerosBefore(packet) is { } zeros)
        {
            Take(packet with { Payload = zeros }, () => { });
        }

        if (bait == Bait.DedupeOff)
        {
            _ingest!.Dispose();
            _ingest = NewIngest();
        }

        Take(packet, () => Answer(packet));
    });

    public void Left(string edge) => Guarded(() => _ingest!.ClientLeft(edge));

    private void Take(Packet packet, Action answer)
    {
        var route = _ingest!.Find(packet.Topic)!;
        var batch = new AnsweredBatch(answer);
        lock (route.Gate)
        {
            while (!route.TryTake(new IntakeMessage(packet.Edge, packet.Topic, packet.Payload), batch.Entries))
            {
                Done(route.PrepareAsync(packet.Payload, CancellationToken.None).AsTask());
            }

            if (bait == Bait.AcknowledgeBeforeCommit
                || (bait == Bait.DuplicateAcknowledgedAtOnce && batch.Entries.Length == 0))
            {
                answer();
                batch = batch.WithoutAnswer();
            }

            _journal!.HandOver(batch);
        }
    }

    private void Answer(Packet packet)
    {
        if (disk.IsOn)
        {
            Acknowledged++;
            network.Send(new Packet(packet.Link, packet.Edge, packet.Id), now());
        }
    }

    private void OpenIngest(HubTemplate.Databases dbs)
    {
        _ingest = NewIngest();
        _watermarks = new WatermarkKeeper(_ingest, new LossLedger(), _journal!, dbs, new IngestOptions());
        if (bait == Bait.WatermarksNotRestored)
        {
            _watermarks = new WatermarkKeeper(NewIngest(), new LossLedger(), _journal!, dbs, new IngestOptions());
        }

        Done(_watermarks.RestoreAsync(CancellationToken.None));
    }

    private IngestService NewIngest() => new(_journal!, _book!, new IngestOptions(), _clock!, []);

    /// <summary>What the baits of the desk leave of its tables.</summary>
    private void SpoilOrders(HubTemplate.Databases dbs)
    {
        using var db = dbs.CreateDbContext();
        if (bait == Bait.CheckpointAheadOfItsRow)
        {
            db.Database.ExecuteSql($"UPDATE watch_checkpoint SET Position = {_journal!.Tail.Value} WHERE Id = 1");
        }
        else if (bait == Bait.OrderNotIdempotent)
        {
            db.Database.ExecuteSql($"DELETE FROM order_alarms");
            db.Database.ExecuteSql($"UPDATE order_desk SET Cursor = 0");
        }
    }

    private bool IsLate(byte[] payload) =>
        JsonNode.Parse(payload)![0]!["bt"]!.GetValue<double>() < (now() - LateAfter).ToUnixTimeSeconds();

    /// <summary>The bug: numbers that were passed over are readings of nothing.</summary>
    private byte[]? ZerosBefore(Packet packet)
    {
        var pack = JsonNode.Parse(packet.Payload!)!.AsArray();
        var (epoch, sequence) = (pack[0]!["ep"]!.GetValue<string>(), pack[0]!["sq"]!.GetValue<long>());
        var expected = _nextSequence.GetValueOrDefault(epoch, 1);
        _nextSequence[epoch] = Math.Max(expected, sequence + pack.Count);
        if (sequence <= expected)
        {
            return null;
        }

        var zero = pack[0]!.DeepClone();
        (zero["sq"], zero["v"]) = (expected, 0);
        return Encoding.UTF8.GetBytes(new JsonArray(zero).ToJsonString());
    }
}
