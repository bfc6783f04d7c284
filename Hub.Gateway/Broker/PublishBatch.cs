using System.Buffers;
using Hub.Gateway.Journal;
using Hub.Transport.Log;
using Microsoft.Extensions.ObjectPool;

namespace Hub.Gateway.Broker;

/// <summary>
/// The messages of one read turn: what the journal shall keep of them, and the packet ids to acknowledge once it has.
/// Pooled; while it rests it holds no buffers.
/// </summary>
internal sealed class PublishBatch : JournalBatch
{
    /// <summary>Batches that rest in the pool; as many as connections are usually in one commit.</summary>
    private const int RestingMax = 1024;
    private const int PacketIdsMin = 64;

    private static readonly DefaultObjectPool<PublishBatch> Pool =
        new(new DefaultPooledObjectPolicy<PublishBatch>(), RestingMax);

    private BrokerConnection? _connection;
    private ushort[] _packetIds = [];

    /// <summary>Packet ids in it.</summary>
    public int Count { get; private set; }

    public static PublishBatch Rent(BrokerConnection connection)
    {
        var batch = Pool.Get();
        batch._connection = connection;
        return batch;
    }

    public void Add(ushort packetId)
    {
        if (Count == _packetIds.Length)
        {
            var larger = ArrayPool<ushort>.Shared.Rent(Math.Max(PacketIdsMin, Count * 2));
            _packetIds.AsSpan(0, Count).CopyTo(larger);
            GiveBackPacketIds();
            _packetIds = larger;
        }

        _packetIds[Count++] = packetId;
    }

    public override void OnCommitted(LogPosition position)
    {
        var connection = _connection!;
        connection.Output.WritePubAcks(_packetIds.AsSpan(0, Count), connection.Version);
        connection.Acknowledged(Count);
        Entries.Clear();
    }

    public override void OnGroupCommitted()
    {
        // Its first batch sends for all batches of that connection in the group.
        _connection!.Output.Flush();
        Rest();
    }

    public override void OnFailed(Exception failure)
    {
        Entries.Clear();
        _connection!.Abort();
        Rest();
    }

    private void Rest()
    {
        GiveBackPacketIds();
        (_connection, _packetIds, Count) = (null, [], 0);
        Pool.Return(this);
    }

    private void GiveBackPacketIds()
    {
        if (_packetIds.Length > 0)
        {
            ArrayPool<ushort>.Shared.Return(_packetIds);
        }
    }
}
