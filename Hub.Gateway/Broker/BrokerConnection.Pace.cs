using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// How fast a client is listened to. Over its limits nothing is refused: it is read later, so that its own socket fills
/// and nobody else waits.
/// </summary>
internal sealed partial class BrokerConnection
{
    /// <summary>A client over its limit is read this often: what a turn may take beyond what has been earned.</summary>
    private const double TurnsPerSecond = 20;

    private static readonly TimeSpan RestMin = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan RestMax = TimeSpan.FromSeconds(1);

    private Pace _messagePace;
    private Pace _bytePace;
    private double _allowance;
    private int _asked;

    /// <summary>This turn may take nothing more; the rest of what has come waits.</summary>
    private bool IsPaceSpent => _asked >= _allowance;

    /// <summary>What answers the hub's own messages is as fast as those.</summary>
    private static bool IsAnswer(MqttPacketType type) => type is >= MqttPacketType.PubAck and <= MqttPacketType.PubComp;

    private void BeginPace()
    {
        var earned = _messagePace.Earned(_options.MessagesPerSecondMax, _options.NetworkTime);
        (_asked, _allowance) = (0, Math.Max(1, Math.Max(earned, _options.MessagesPerSecondMax / TurnsPerSecond)));
    }

    private ValueTask PaceAsync(long bytes)
    {
        var forMessages = _messagePace.Spend(_asked, _options.MessagesPerSecondMax, _options.NetworkTime);
        var forBytes = _bytePace.Spend(bytes, _options.BytesPerSecondMax, _options.NetworkTime);
        var rest = forMessages > forBytes ? forMessages : forBytes;
        return rest < RestMin ? ValueTask.CompletedTask : new ValueTask(RestAsync(rest));
    }

    private async Task RestAsync(TimeSpan rest)
    {
        _broker.Counters.AddSlowed();
        for (; rest > TimeSpan.Zero && Volatile.Read(ref _end) < 0; rest -= RestMax)
        {
            await Task.Delay(rest < RestMax ? rest : RestMax, _options.NetworkTime);
            // It isn't silent: it isn't listened to.
            Volatile.Write(ref _heardAt, _options.NetworkTime.GetTimestamp());
        }
    }
}
