using Hub.Gateway.Broker;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Attach;

/// <summary>
/// Keeps what is subscribed to at the broker what the intake wants: at the start, and when that changes.
/// </summary>
internal sealed class AttachSubscriptions(IIntake intake, AttachOptions options, TimeProvider time, ILogger logger)
{
    private volatile IReadOnlyList<string> _granted = [];
    private volatile IReadOnlyList<string> _refused = [];
    private long _refusedAt;

    public IReadOnlyList<string> Granted => _granted;

    public IReadOnlyList<string> Refused => _refused;

    /// <summary>
    /// The filters to subscribe to. Readings and events alone are shared: of a share's topics nothing that is retained
    /// is sent (4.8.2), and an adapter must see all of its devices' messages.
    /// </summary>
    public static IReadOnlyList<string> Wanted(IEnumerable<string> filters, string? share)
    {
        var all = filters.Distinct(StringComparer.Ordinal).ToList();

        // Where one filter takes all that another takes, the broker may send a message twice.
        var widest = all.Where(filter => !all.Exists(other => other != filter && Covers(other, filter)));
        return
        [
            .. widest.Select(filter => share is not null && MayShare(filter) ? $"$share/{share}/{filter}" : filter),
        ];
    }

    public async Task RunAsync(MqttClient client, CancellationToken stopping)
    {
        try
        {
            using var timer = new PeriodicTimer(options.LookEvery, time);
            do
            {
                await LookAsync(client, stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The hub stops, or the client has.
        }
    }

    private async Task LookAsync(MqttClient client, CancellationToken stopping)
    {
        if (_refused.Count > 0 && time.GetElapsedTime(_refusedAt) >= options.RefusedFor)
        {
            _refused = [];
        }

        var wanted = Wanted(intake.TopicFilters, options.Share);
        var (granted, refused) = (_granted, _refused);
        var over = granted.Except(wanted, StringComparer.Ordinal).ToList();
        var news = wanted.Except(granted, StringComparer.Ordinal).Except(refused, StringComparer.Ordinal).ToList();
        if (over.Count > 0)
        {
            await client.UnsubscribeAsync(over, stopping);
            _granted = [.. granted.Except(over, StringComparer.Ordinal)];
        }

        if (news.Count > 0)
        {
            await SubscribeAsync(client, news, stopping);
        }
    }

    private async Task SubscribeAsync(MqttClient client, List<string> filters, CancellationToken stopping)
    {
        // 4.8.2: no local is an error in a share.
        var reasons = await client.SubscribeAsync(
            [
                .. filters.Select(filter => new MqttSubscription(
                    filter, MqttQoS.AtLeastOnce, NoLocal: !TopicFilter.IsShared(filter))),
            ],
            stopping);
        var answers = filters.Zip(reasons).ToLookup(answer => (byte)answer.Second < 0x80);
        foreach (var (filter, reason) in answers[false])
        {
            AttachMessages.SubscriptionRefused(logger, filter, reason);
            _refusedAt = time.GetTimestamp();
        }

        _granted = [.. _granted, .. answers[true].Select(answer => answer.First)];
        _refused = [.. _refused, .. answers[false].Select(answer => answer.First)];
    }

    // A wildcard of the narrower one is a level like any other; what ends with '#' is covered by what ends so above it.
    private static bool Covers(string wider, string narrower) => narrower.EndsWith('#')
        ? wider.EndsWith('#') && narrower.Length > 1 && TopicFilter.Matches(wider, narrower[..^2])
        : TopicFilter.Matches(wider, narrower);

    private static bool MayShare(string filter) =>
        filter.StartsWith("hub/1/", StringComparison.Ordinal) && !filter.EndsWith("/status", StringComparison.Ordinal);
}
