using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;
using Hub.Testing;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests.Forwarding;

public sealed class DirectSenderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ScriptedUplink _uplink = new();
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_sent_without_a_number_under_its_own_id_and_counts_when_it_is_acknowledged()
    {
        _uplink.IsPrompt = false;
        var sending = Sender(ClockQuality.Unsynced).TrySendAsync(Press("a"));
        var sent = await _uplink.NextAsync(Cancel);
        Assert.False(sending.IsCompleted);
        sent.Answer.SetResult();

        Assert.True(await sending);
        Assert.Equal(Topics.Events("e1"), sent.Topic);
        var reader = new SenMlReader();
        Assert.True(reader.TryRead(sent.Payload, _time.GetUtcNow(), out var fault), fault);
        Assert.Equal(("", 0L, SenMlClock.Unsynced), (reader.EpochText, reader.Sequence, reader.Clock));
        Assert.Equal("a"u8, reader.Text(reader.Records[0].Id));
        Assert.Equal("lobby/button.press"u8, reader.Text(reader.Records[0].Name));
        Assert.Equal(_time.GetUtcNow().UtcTicks, reader.Records[0].AtTicks);
    }

    [Fact]
    public async Task What_is_not_acknowledged_in_time_or_refused_or_stopped_has_not_been_taken()
    {
        _uplink.IsPrompt = false;
        var sender = Sender();

        var late = sender.TrySendAsync(Press("late"));
        _time.Advance(Patience);
        Assert.False(await late);

        var refused = sender.TrySendAsync(Press("refused"));
        await _uplink.NextAsync(Cancel);
        (await _uplink.NextAsync(Cancel)).Answer.SetException(new UplinkRefusedException("No room."));
        Assert.False(await refused);

        var stopped = sender.TrySendAsync(Press("stopped"));
        await _stop.CancelAsync();
        Assert.False(await stopped);
    }

    [Fact]
    public async Task Not_more_than_64_are_on_their_way_and_room_comes_back()
    {
        _uplink.IsPrompt = false;
        var sender = Sender();
        var all = Enumerable.Range(0, 65).Select(i => sender.TrySendAsync(Press($"{i}"))).ToArray();
        Assert.True(all[64].IsCompletedSuccessfully);
        Assert.Equal(64, _uplink.Publications.Count);

        _time.Advance(Patience);
        Assert.DoesNotContain(true, await Task.WhenAll(all));
        _uplink.IsPrompt = true;
        Assert.True(await sender.TrySendAsync(Press("after")));
    }

    public void Dispose()
    {
        _uplink.Dispose();
        _stop.Dispose();
    }

    private EdgeRecord Press(string id) => new("lobby", EdgeSignals.Press, _time.GetUtcNow(), 1, id);

    private DirectSender Sender(ClockQuality quality = ClockQuality.Synced) =>
        new("e1", _uplink, Patience, () => new ClockStamp(quality, Guid.Empty, 0), _time, _stop.Token);
}
