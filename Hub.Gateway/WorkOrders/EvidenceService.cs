using Hub.Gateway.Storage;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// Freezes the readings behind each new order into it. The history follows the journal on its own, so what it has not
/// got yet is asked for again; after a while the order goes without a chart of its own.
/// </summary>
public sealed class EvidenceService(OrderDesk desk, IEvidenceSource? source = null) : BackgroundService
{
    private const int TriesMax = 30;
    private const int OrdersMax = 1_000;

    /// <summary>Real time, not the domain's: it waits for the history's thread, not for the building.</summary>
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(long Order, int Points), int> _tries = [];

    /// <summary>Tries every open order that has readings behind it and not the samples of all of them yet.</summary>
    public async Task FreezeAsync(CancellationToken cancel)
    {
        var open = desk.OpenOrders.Where(order => order is { Evidence: not null, Source: OrderSource.Telemetry });
        foreach (var order in open.Where(order => _tries.GetValueOrDefault(KeyOf(order)) < TriesMax).ToList())
        {
            var isFrozen = await TryAsync(order, cancel);
            _tries[KeyOf(order)] = isFrozen ? TriesMax : _tries.GetValueOrDefault(KeyOf(order)) + 1;
        }

        if (_tries.Count > OrdersMax)
        {
            var isOpen = desk.OpenOrders.Select(order => order.Id).ToHashSet();
            foreach (var over in _tries.Keys.Where(key => !isOpen.Contains(key.Order)).ToList())
            {
                _tries.Remove(over);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (source is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(TryEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Patience.UntilDoneAsync(() => FreezeAsync(stoppingToken), stoppingToken);
        }
    }

    /// <summary>What joins an order brings points of its own, which are tried anew.</summary>
    private static (long Order, int Points) KeyOf(WorkOrder order) => (order.Id, order.Evidence!.Points.Count);

    private async Task<bool> TryAsync(WorkOrder order, CancellationToken cancel)
    {
        var frozen = (await desk.EvidenceAsync(order.Id, cancel)).Select(one => one.Point);
        var missing = order.Evidence!.Points.Except(frozen).ToList();
        if (missing.Count == 0)
        {
            return true;
        }

        var series = await source!.ReadAsync(order.Evidence with { Points = missing }, cancel);
        if (!series.Any(one => one.Samples.Count > 0))
        {
            return false;
        }

        await desk.FreezeAsync(order.Id, series, cancel);
        return true;
    }
}
