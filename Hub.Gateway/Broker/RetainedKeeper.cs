using System.Buffers;
using Hub.Gateway.Storage;
using Hub.Transport.Mqtt;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Broker;

/// <summary>
/// Lets retained messages survive a restart: reads them before the first connection, and writes what changes, together.
/// A crash may lose the last moments; edges and the desk publish their state anew when they come back.
/// </summary>
internal sealed class RetainedKeeper(
    RetainedStore store, IIntake intake, IDbContextFactory<HubDb> databases, BrokerOptions options) : BackgroundService
{
    private IReadOnlyList<(string Topic, BrokerMessage? Message)>? _unwritten;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var rows = await db.Set<RetainedRow>().AsNoTracking().ToListAsync(cancellationToken);
            var messages = rows.Select(Read).OfType<BrokerMessage>().ToList();
            store.Load(messages);
            foreach (var message in messages)
            {
                intake.Recall(message.Topic, message.Payload.Span);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What a database that was away has left over, and what came since.
        await SaveAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await store.WaitForChangeAsync(stoppingToken);
            // Not to be stopped half-way: the store has handed these changes over, and won't do so again.
            await Patience.UntilDoneAsync(() => SaveAsync(CancellationToken.None), stoppingToken);
        }
    }

    private async Task SaveAsync(CancellationToken cancel)
    {
        _unwritten ??= store.TakeChanges();
        if (_unwritten.Count > 0)
        {
            await WriteAsync(_unwritten, cancel);
        }

        _unwritten = null;
    }

    private async Task WriteAsync(
        IReadOnlyList<(string Topic, BrokerMessage? Message)> changes, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var (topic, message) in changes)
        {
            await db.Set<RetainedRow>().Where(row => row.Topic == topic).ExecuteDeleteAsync(cancel);
            if (message is not null)
            {
                db.Add(new RetainedRow { Topic = topic, Packet = Write(message) });
            }
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static byte[] Write(BrokerMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        var publish = new MqttPacket.Publish(message.Topic, message.Payload)
        {
            QoS = message.QoS,
            PacketId = message.QoS == MqttQoS.AtMostOnce ? (ushort)0 : (ushort)1,
            Retain = true,
            Properties = message.Properties,
        };
        MqttCodec.Write(output, publish, MqttVersion.V500);
        return output.WrittenSpan.ToArray();
    }

    private BrokerMessage? Read(RetainedRow row)
    {
        var bytes = new ReadOnlySequence<byte>(row.Packet);
        return MqttCodec.TryRead(ref bytes, MqttVersion.V500, int.MaxValue, out var packet)
            && packet is MqttPacket.Publish publish
            ? new BrokerMessage(
                publish.Topic, publish.Payload, publish.QoS, true, "", publish.Properties,
                options.NetworkTime.GetTimestamp())
            : null;
    }
}
