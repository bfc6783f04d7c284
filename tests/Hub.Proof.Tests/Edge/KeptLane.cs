using Hub.Edge.Outbox;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Proof.Tests.Edge;

/// <summary>One lane of an edge's outbox, read again and again while the edge is dead.</summary>
internal sealed class KeptLane(string file)
{
    private LogRow? _last;

    /// <summary>
    /// The rows that have come since; fails if what was there isn't any more, or the numbering doesn't go on from it.
    /// </summary>
    /// <param name="disk">A copy: the edge's own file is left to its next start as the kill left it.</param>
    public IReadOnlyList<OutboxRow> Note(TempFolder disk)
    {
        using var log = DurableLog.Open(disk[file], new DurableLogOptions());
        Assert.Null(log.Recovery.Fault);
        var rows = log.Read(new LogPosition(_last?.Position.Value - 1 ?? 0), int.MaxValue);
        var outbox = rows.Select(row => OutboxRow.Read(row.Bytes.Span)).ToList();
        foreach (var (before, after) in outbox.Zip(outbox.Skip(1)))
        {
            Assert.Equal((before.Epoch, before.Next), (after.Epoch, after.First));
        }

        if (_last is { } last)
        {
            Assert.NotEmpty(rows);
            Assert.Equal(last.Bytes.ToArray(), rows[0].Bytes.ToArray());
            outbox.RemoveAt(0);
        }

        _last = rows.Count == 0 ? _last : rows[^1];
        return outbox;
    }
}
