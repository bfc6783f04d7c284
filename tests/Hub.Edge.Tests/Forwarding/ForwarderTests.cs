using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;
using Hub.Edge.Setup;
using Hub.Testing;

namespace Hub.Edge.Tests.Forwarding;

public sealed class ForwarderTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClockStamp Clock = new(ClockQuality.Synced, Guid.NewGuid(), 0);

    private readonly TempFolder _folder = new();
    private readonly ScriptedUplink _uplink = new();
    private readonly ManualTime _pace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_go_before_readings_that_waited_longer()
    {
        using var events = Lane("events");
        using var readings = Lane("readings");
        Append(readings, 500);
        Append(events, 1);

        await using var _ = Run(events, readings);

        Assert.True((await _uplink.NextAsync(Cancel)).IsEvent);
        Assert.False((await _uplink.NextAsync(Cancel)).IsEvent);
    }

    [Fact]
    public async Task Readings_never_fill_the_window_and_an_event_overtakes_those_that_are_stuck()
    {
        using var events = Lane("events");
        using var readings = Lane("readings");
        for (var i = 0; i < 100; i++)
        {
            Append(readings, 10);
        }

        _uplink.IsPrompt = false;
        await using var run = Run(events, readings, new EdgeLimits { InFlightMax = 8, PackRecordsMax = 10 });
        for (var i = 0; i < 6; i++)
        {
            Assert.False((await _uplink.NextAsync(Cancel)).IsEvent);
        }

        Append(events, 1);

        Assert.True((await _uplink.NextAsync(Cancel)).IsEvent);
    }

    [Fact]
    public async Task The_cursor_moves_only_over_what_is_acknowledged_in_front()
    {
        using var events = Lane("events");
        using var readings = Lane("readings");
        _uplink.IsPrompt = false;
        await using var run = Run(events, readings);
        Append(events, 1);
        var first = await _uplink.NextAsync(Cancel);
        Append(events, 1);
        var second = await _uplink.NextAsync(Cancel);

        second.Answer.SetResult();
        Append(events, 1);
        await _uplink.NextAsync(Cancel);
        Assert.Equal(0, events.Sent.Value);

        first.Answer.SetResult();
        await run.SentAsync(2);
        Assert.Equal((2L, 1L), (events.Sent.Value, events.Backlog));
    }

    [Fact]
    public async Task What_was_not_acknowledged_before_a_restart_is_sent_again_with_the_same_numbers()
    {
        (string, long)[] before;
        using (var events = Lane("events"))
        using (var readings = Lane("readings"))
        {
            Append(events, 3);
            _uplink.IsPrompt = false;
            await using var run = Run(events, readings);
            before = [.. (await _uplink.NextAsync(Cancel)).Records()];
        }

        using var eventsAgain = Lane("events");
        using var readingsAgain = Lane("readings");
        await using var again = Run(eventsAgain, readingsAgain);

        Assert.Equal(before, (await _uplink.NextAsync(Cancel)).Records());
        Assert.Equal(3, before.Length);
    }

    [Fact]
    public async Task Nothing_is_sent_while_the_hub_is_away_and_events_go_first_when_it_is_back()
    {
        using var events = Lane("events");
        using var readings = Lane("readings");
        _uplink.Connect(false);
        await using var run = Run(events, readings);
        Append(readings, 5);
        Append(events, 1);
        Assert.Empty(_uplink.Publications);

        _uplink.Connect(true);

        Assert.True((await _uplink.NextAsync(Cancel)).IsEvent);
    }

    [Fact]
    public async Task A_hub_that_is_full_is_asked_again_later_and_nothing_is_skipped()
    {
        using var events = Lane("events");
        using var readings = Lane("readings");
        _uplink.IsPrompt = false;
        await using var run = Run(events, readings);
        Append(readings, 2);
        var refused = await _uplink.NextAsync(Cancel);
        refused.Answer.SetException(new UplinkRefusedException("quota exceeded", isForGood: false));
        Assert.Equal("quota exceeded", await run.RetryingAsync());

        var again = _uplink.NextAsync(Cancel);
        while (!again.IsCompleted)
        {
            _pace.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(refused.Records(), (await again).Records());
        Assert.Equal(2, readings.Backlog);
    }

    [Fact]
    public async Task What_the_hub_will_never_take_is_counted_and_does_not_stop_what_follows()
    {
        using var events = Lane("events");
        using var readings = Lane("readings");
        _uplink.IsPrompt = false;
        await using var run = Run(events, readings);
        Append(events, 1);
        (await _uplink.NextAsync(Cancel)).Answer.SetException(new UplinkRefusedException("payload", isForGood: true));
        await run.SentAsync(1);
        Append(events, 1);
        (await _uplink.NextAsync(Cancel)).Answer.SetResult();
        await run.SentAsync(2);

        Assert.Equal((1L, 0L), (run.Forwarder.Refused, events.Backlog));
    }

    [Fact]
    public async Task What_the_hub_has_lost_goes_out_again_under_its_old_numbers_behind_everything_else()
    {
        using var events = Lane("events");
        using var readings = OutboxLane.Open(
            _folder["kept.db"], new LaneOptions { KeptBytesMax = 1 << 20 }, () => Clock);
        await using var run = Run(events, readings);
        for (var row = 0; row < 10; row++)
        {
            Append(readings, 10);
        }

        while (readings.Backlog > 0)
        {
            await Task.Delay(10, Cancel);
        }

        _uplink.Publications.Clear();
        var epoch = readings.Epoch;

        Assert.Equal(
            "nothing of that epoch is kept", run.Forwarder.Resend(new EdgeCommand.Resend("r0", null, epoch + 1, 1, 9)));
        Assert.Null(run.Forwarder.Resend(new EdgeCommand.Resend("r1", null, epoch, 25, 41)));

        while (_uplink.Publications.IsEmpty)
        {
            await Task.Delay(10, Cancel);
        }

        _uplink.Publications.TryDequeue(out var again);
        Assert.Equal(
            Enumerable.Range(21, 30).Select(number => ($"{epoch}", (long)number)), again!.Records());
        Assert.Equal(0, readings.Backlog);
    }

    public void Dispose()
    {
        _uplink.Dispose();
        _folder.Dispose();
    }

    private static void Append(OutboxLane lane, int records) =>
        lane.Append([.. Enumerable.Range(0, records).Select(i => new EdgeRecord("d", "s", At, i))], default);

    private OutboxLane Lane(string name) =>
        OutboxLane.Open(_folder[name + ".db"], new LaneOptions(), () => Clock);

    private Running Run(OutboxLane events, OutboxLane readings, EdgeLimits? limits = null) =>
        new(new Forwarder("e1", events, readings, _uplink, limits ?? new EdgeLimits(), () => Clock, _pace));

    /// <summary>A forwarder that runs until the test is over.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly SemaphoreSlim _moved = new(0);
        private readonly TaskCompletionSource<string> _retrying = new(
            TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _running;
        private long _sent;

        public Running(Forwarder forwarder)
        {
            Forwarder = forwarder;
            forwarder.EventsSent += place =>
            {
                Volatile.Write(ref _sent, place.Position.Value);
                _moved.Release();
            };
            forwarder.Retrying += why => _retrying.TrySetResult(why);
            _running = Task.Run(() => forwarder.RunAsync(_stop.Token));
        }

        public Forwarder Forwarder { get; }

        public Task<string> RetryingAsync() => _retrying.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public async Task SentAsync(long position)
        {
            while (Volatile.Read(ref _sent) < position)
            {
                Assert.True(await _moved.WaitAsync(TimeSpan.FromSeconds(20)),
                    $"Position {position} was never confirmed.");
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            Forwarder.Dispose();
            _stop.Dispose();
            _moved.Dispose();
        }
    }
}
