using System.Diagnostics;

namespace Hub.Proof.Tests;

/// <summary>A hub in its many lives, devices that never stop loading it, buttons that are pressed, and their ledgers.</summary>
internal sealed class HubUnderLoad : IAsyncDisposable
{
    private static readonly TimeSpan FastWithinMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _until = new();
    private readonly List<LoadClient> _devices;
    private readonly List<LoadClient> _buttons = [];
    private readonly List<Task> _presses = [];
    private readonly List<Task> _loads;
    private readonly CancellationToken _cancel;

    public HubUnderLoad(TestHub hub, int devices, CancellationToken cancel)
    {
        (Hub, _cancel) = (hub, cancel);
        _devices = [.. Enumerable.Range(1, devices).Select(i => new LoadClient(hub.MqttPort, $"load-{i}"))];
        _devices.ForEach(device => device.Start());
        _loads = [.. _devices.Select(device => device.LoadAsync(_until.Token))];
    }

    public TestHub Hub { get; }

    public long Acknowledged => _devices.Sum(device => (long)device.Acknowledged.Count);

    public int Presses => _presses.Count;

    /// <summary>A button is pressed for the first time; it is acknowledged some time, in this life or a later one.</summary>
    public void Press()
    {
        var button = new LoadClient(Hub.MqttPort, $"button-{_buttons.Count + 1}");
        _buttons.Add(button);
        button.Start();
        _presses.Add(button.PressAsync(_cancel));
    }

    /// <summary>Loads until so many are acknowledged a second, for a stretch of that length; whether it came so far.</summary>
    public async Task<bool> IsFastAsync(int perSecond, TimeSpan stretch)
    {
        var isFast = false;
        for (var patience = Stopwatch.StartNew(); !isFast && patience.Elapsed < FastWithinMax;)
        {
            var (before, from) = (Acknowledged, Stopwatch.GetTimestamp());
            await Task.Delay(stretch, _cancel);
            isFast = Acknowledged - before >= perSecond * Stopwatch.GetElapsedTime(from).TotalSeconds;
        }

        return isFast;
    }

    /// <summary>Waits for every acknowledgement, and holds the ledgers against what a hub in good health gives out.</summary>
    public async Task<Toll> JudgeAsync()
    {
        await Task.WhenAll(_presses);
        await _until.CancelAsync();
        await Task.WhenAll(_loads);
        var toll = default(Toll);
        foreach (var device in _devices)
        {
            toll += await device.HeldAgainstAsync(Hub, _cancel);
        }

        // The rules read the journal again after each start, and a busy machine gave them no time to before.
        var orders = await Hub.OrdersAsync(_cancel);
        for (var patience = Stopwatch.StartNew();
            orders.Count < _buttons.Count && patience.Elapsed < CatchUpMax;
            orders = await Hub.OrdersAsync(_cancel))
        {
            await Task.Delay(200, _cancel);
        }

        var expected = _buttons.Select(button => (button.Edge, 0)).ToList();
        return toll + Toll.Of(expected, expected, orders);
    }

    public async ValueTask DisposeAsync()
    {
        await _until.CancelAsync();
        foreach (var client in _devices.Concat(_buttons))
        {
            await client.DisposeAsync();
        }

        await Hub.DisposeAsync();
        _until.Dispose();
    }
}
