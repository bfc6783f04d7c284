using System.Globalization;
using Hub.Edge.Outbox;

namespace Hub.Proof.Tests.Simulation;

/// <summary>What the edges were told is kept, under the numbers that their outboxes gave it.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<(string Edge, string Epoch, long Sequence), EdgeRecord> _kept = [];

    public IReadOnlyDictionary<(string Edge, string Epoch, long Sequence), EdgeRecord> Kept => _kept;

    /// <summary>Records that went with an edge's old card; nobody could have sent them any more.</summary>
    public long Excused { get; private set; }

    public void Keep(string edge, OutboxLane lane, IReadOnlyList<EdgeRecord> records)
    {
        var first = lane.NextSequence - records.Count;
        for (var i = 0; i < records.Count; i++)
        {
            _kept[(edge, Name(lane.Epoch), first + i)] = records[i];
        }
    }

    /// <summary>The lane's card is gone, and with it what the hub had not confirmed.</summary>
    public void Excuse(string edge, OutboxLane lane)
    {
        for (var sequence = lane.NextSequence - lane.Backlog; sequence < lane.NextSequence; sequence++)
        {
            Excused += _kept.Remove((edge, Name(lane.Epoch), sequence)) ? 1 : 0;
        }
    }

    private static string Name(long epoch) => epoch.ToString(CultureInfo.InvariantCulture);
}
