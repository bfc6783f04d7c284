using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.WorkOrders;

public sealed class EvidenceServiceTests : IDisposable
{
    private readonly DeskRoom _room = new();
    private readonly SlowHistory _history = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task Samples_are_frozen_once_when_the_history_has_them()
    {
        await _room.Desk.HandleAsync([Some.Leak(Some.T0), Some.Press("p1", Some.T0)], new LogPosition(1), Cancel);
        using var service = new EvidenceService(_room.Desk, _history);
        await service.FreezeAsync(Cancel);
        Assert.Empty(await _room.Desk.EvidenceAsync(1, Cancel));

        _history.Value = 9;
        await service.FreezeAsync(Cancel);
        _history.Value = 77;
        await service.FreezeAsync(Cancel);

        Assert.Equal(9, Assert.Single(Assert.Single(await _room.Desk.EvidenceAsync(1, Cancel)).Samples).Value);
        // A press has no chart.
        Assert.Empty(await _room.Desk.EvidenceAsync(2, Cancel));
    }

    private sealed class SlowHistory : IEvidenceSource
    {
        public double? Value { get; set; }

        public ValueTask<IReadOnlyList<EvidenceSeries>> ReadAsync(Evidence evidence, CancellationToken cancel) =>
            ValueTask.FromResult<IReadOnlyList<EvidenceSeries>>(
                [new EvidenceSeries(evidence.Points[0], Value is { } value ? [new EvidenceSample(evidence.To, value)] : [])]);
    }
}
