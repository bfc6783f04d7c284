using Hub.Gateway.Broker;
using Hub.Gateway.Waiting;
using Hub.Rules.Readings;
using Hub.Transport.Messages;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// Keeps the retained kiosk state of every lobby what the orders say: compares what should be shown with what was last
/// sent, at each change of an order and every few seconds, and sends the difference. At the start nothing has been
/// sent, so every kiosk hears where it stands.
/// </summary>
public sealed partial class KioskLink(
    OrderDesk desk, IPremises premises, IDownlink downlink, KioskLinkOptions options, TimeProvider time,
    ILogger<KioskLink> logger) : BackgroundService
{
    private readonly Dictionary<string, KioskStateMessage> _sent = [];
    private readonly Dictionary<string, long> _orders = [];
    private readonly Dictionary<string, DateTimeOffset> _closedAt = [];

    /// <summary>Sends to every kiosk whose state differs from what it was last sent.</summary>
    public async Task SendAsync(CancellationToken cancel)
    {
        var calls = desk.OpenOrders.Where(order => order.Symptom == KioskCall.Symptom)
            .GroupBy(order => order.SpaceId).ToDictionary(group => group.Key, group => group.First());
        var presses = premises.Current.Points.Values.Where(point => point.Signal == Signal.ButtonPress);
        foreach (var lobby in presses.GroupBy(point => point.SpaceId).ToList())
        {
            var message = Message(lobby.Key, await CallAsync(lobby.Key, calls.GetValueOrDefault(lobby.Key), cancel));
            foreach (var edge in lobby.Select(point => point.Edge).Distinct())
            {
                await SendAsync(Topics.Kiosk(edge, lobby.Key), message, cancel);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await desk.LoadAsync(stoppingToken);
        while (true)
        {
            var change = desk.NextChange;
            await SendAsync(stoppingToken);
            await Pause.UntilAsync(change, options.LookEvery, TimeProvider.System, stoppingToken);
        }
    }

    private async Task<KioskCall> CallAsync(string lobby, WorkOrder? order, CancellationToken cancel)
    {
        if (order is not null)
        {
            _orders[lobby] = order.Id;
            _closedAt.Remove(lobby);
            return KioskCall.Of(order);
        }

        if (!_orders.TryGetValue(lobby, out var last) || await desk.FindAsync(last, cancel) is not { } ended)
        {
            return KioskCall.Idle;
        }

        // It was on the screen a moment ago: the person in front of it is told that it has been settled.
        if (!_closedAt.TryGetValue(lobby, out var since))
        {
            _closedAt[lobby] = since = time.GetUtcNow();
        }

        if (time.GetUtcNow() - since < options.ClosedFor)
        {
            return KioskCall.Of(ended);
        }

        _orders.Remove(lobby);
        _closedAt.Remove(lobby);
        return KioskCall.Idle;
    }

    private KioskStateMessage Message(string lobby, KioskCall call) => new(
        call.State, call.PressedAt, call.PromiseAt, call.Repeats, premises.Hotline, options.Languages,
        options.DefaultLanguage, premises.Current.Spaces.GetValueOrDefault(lobby)?.Name ?? lobby);

    private async Task SendAsync(string topic, KioskStateMessage message, CancellationToken cancel)
    {
        if (_sent.GetValueOrDefault(topic) == message)
        {
            return;
        }

        try
        {
            await downlink.PublishAsync(topic, message.ToJson(), retain: true, cancel);
            _sent[topic] = message;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A broker of the site's own may be away; the state is compared and sent again with the next look.
            Log.NotSent(logger, topic, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Warning, "The kiosk state on {Topic} could not be sent; it is tried again.")]
        public static partial void NotSent(ILogger logger, string topic, Exception e);
    }
}
