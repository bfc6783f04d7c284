using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;
using Hub.Transport.Log;
using Hub.Transport.Messages;

namespace Hub.Edge.LocalMqtt;

/// <summary>
/// Sends what was kept of a local broker to the hub, oldest first; also of one that the edge no longer has.
/// <code>
///   LocalBridge ─► LocalOutbox ─► uplink ═QoS 1═► hub/1/{edge}/local/{topic}
///                      ▲ trimmed ◄──────── acknowledged
/// </code>
/// </summary>
public sealed class LocalSender(
    string edge, LocalOutbox outbox, IUplink uplink, Func<ClockStamp> clock, TimeProvider pace)
{
    /// <summary>What may stand before a press on a slow line.</summary>
    private const int InFlightMax = 8;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    /// <summary>Something goes wrong that is tried again, or is given up; in a sentence.</summary>
    public event Action<string>? Trouble;

    public async Task RunAsync(CancellationToken stopping)
    {
        await Task.Yield(); // What waits is counted when the file is opened: nobody shall wait for that.
        try
        {
            while (true)
            {
                (LogPosition Position, KeptRow Row)? next = null;
                if (!Try(() => next = outbox.Next()))
                {
                    await Task.Delay(RetryDelay, pace, stopping);
                }
                else if (next is var (position, row))
                {
                    foreach (var some in row.Messages.Chunk(InFlightMax))
                    {
                        await Task.WhenAll(some.Select(message => SendAsync(message, row.Clock, stopping)));
                    }

                    Try(() => outbox.Sent(position));
                }
                else
                {
                    await outbox.WhenAppendedAsync(stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SendAsync(KeptMessage message, ClockStamp then, CancellationToken stopping)
    {
        var (shift, quality) = then.RepairedBy(clock());
        var topic = Topics.Local(edge, message.Topic);
        var payload = LocalMessage.Write(message.At + shift, quality switch
        {
            ClockQuality.Synced => SenMlClock.Synced,
            ClockQuality.Estimated => SenMlClock.Estimated,
            _ => SenMlClock.Unsynced,
        }, message.Payload.Span);
        while (true)
        {
            try
            {
                await uplink.PublishAsync(topic, payload, message.IsRetained, stopping);
                return;
            }
            catch (UplinkRefusedException e)
            {
                Trouble?.Invoke(e.Message);
                if (e.IsForGood)
                {
                    return;
                }
            }

            await Task.Delay(RetryDelay, pace, stopping);
        }
    }

    private bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble?.Invoke(e.Message);
            return false;
        }
    }
}
