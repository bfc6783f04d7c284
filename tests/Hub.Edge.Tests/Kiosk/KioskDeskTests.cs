using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using Hub.Testing;
using Hub.Transport.Log;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests.Kiosk;

public class KioskDeskTests
{
    private readonly ManualTime _time = new();
    private readonly List<EdgeRecord> _records = [];
    private readonly Queue<(EdgeRecord Record, TaskCompletionSource<bool> Answer)> _direct = new();
    private readonly KioskDesk _desk;
    private bool _isDiskFull;
    private Action? _whileRecording;

    public KioskDeskTests() => _desk = new KioskDesk(
        new KioskOptions { Hotline = "400-1" }, _time, _time, () => true, Record, SendDirect);

    [Fact]
    public async Task The_screen_answers_before_the_press_is_on_the_disk()
    {
        KioskFace? seen = null;
        _whileRecording = () => seen = _desk.View().Face;

        Assert.True(await _desk.PressAsync("a", _time.GetUtcNow()));

        Assert.Equal(KioskFace.Calling, seen);
        Assert.Equal(("lobby", "button.press", "a"), (_records[0].Device, _records[0].Signal, _records[0].Id));
    }

    [Fact]
    public async Task A_press_that_the_disk_refuses_is_told_as_a_call_only_when_the_hub_has_acknowledged_it()
    {
        _isDiskFull = true;

        var pressing = _desk.PressAsync("a", _time.GetUtcNow());
        Assert.Equal((KioskFace.Calling, true, false), Shown());
        var (record, answer) = _direct.Dequeue();
        Assert.Equal(("lobby", "button.press", "a"), (record.Device, record.Signal, record.Id));
        _time.Advance(TimeSpan.FromSeconds(10)); // Never told as saved here.
        Assert.Equal((KioskFace.Calling, true, false), Shown());
        answer.SetResult(true);

        Assert.True(await pressing);
        Assert.Equal((KioskFace.Calling, false, false), Shown());
    }

    [Fact]
    public async Task A_press_that_neither_the_disk_nor_the_hub_takes_is_told_as_an_error()
    {
        _isDiskFull = true;

        var pressing = _desk.PressAsync("a", _time.GetUtcNow());
        _direct.Dequeue().Answer.SetResult(false);

        Assert.False(await pressing);
        Assert.Equal((KioskFace.Error, false, false), Shown());
    }

    [Fact]
    public async Task While_a_press_is_on_its_way_to_the_hub_another_one_asks_for_the_same()
    {
        _isDiskFull = true;
        var pressing = _desk.PressAsync("a", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await _desk.PressAsync("b", _time.GetUtcNow()));
        Assert.Single(_direct).Answer.SetResult(false);
        await pressing;

        Assert.Equal((KioskFace.Error, false, false), Shown());
        _isDiskFull = false;
        Assert.True(await _desk.PressAsync("c", _time.GetUtcNow()));
        Assert.Equal((KioskFace.Calling, false, true), Shown());
    }

    [Fact]
    public async Task A_press_that_went_to_the_hub_alone_can_be_taken_back_there()
    {
        _isDiskFull = true;
        var pressing = _desk.PressAsync("a", _time.GetUtcNow());
        _direct.Dequeue().Answer.SetResult(true);
        await pressing;

        var cancelling = _desk.CancelAsync("a");
        var (record, answer) = _direct.Dequeue();
        answer.SetResult(true);

        Assert.True(await cancelling);
        Assert.Equal(("button.cancel", "a"), (record.Signal, record.Id));
        Assert.Equal(KioskFace.Cancelled, _desk.View().Face);
    }

    [Fact]
    public async Task A_taking_back_that_is_refused_leaves_the_call()
    {
        await _desk.PressAsync("a", _time.GetUtcNow());
        _isDiskFull = true;

        var cancelling = _desk.CancelAsync("a");
        _direct.Dequeue().Answer.SetResult(false);

        Assert.False(await cancelling);
        Assert.Equal((KioskFace.Error, false, true), Shown());
    }

    [Fact]
    public async Task Glass_and_wall_within_50_ms_are_one_press_and_later_two()
    {
        await _desk.PressAsync("glass", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.False(await _desk.PressAsync("wall", _time.GetUtcNow()));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await _desk.PressAsync("again", _time.GetUtcNow()));

        Assert.Equal(["glass", "again"], _records.Select(record => record.Id));
        Assert.Equal(KioskFace.AlreadyCalling, _desk.View().Face);
    }

    [Fact]
    public async Task A_confirmation_that_is_faster_than_the_press_itself_counts()
    {
        _whileRecording = () => _desk.SentThrough(new OutboxPlace(1, new LogPosition(1)));

        await _desk.PressAsync("a", _time.GetUtcNow());

        Assert.False(_desk.View().HasUnsent);
    }

    [Fact]
    public async Task A_confirmation_of_another_life_of_the_file_does_not_count()
    {
        _whileRecording = () => _desk.SentThrough(new OutboxPlace(2, new LogPosition(99)));

        await _desk.PressAsync("a", _time.GetUtcNow());

        Assert.True(_desk.View().HasUnsent);
    }

    [Fact]
    public async Task A_cancellation_is_a_record_with_the_presss_id_and_too_late_it_is_none()
    {
        await _desk.PressAsync("a", _time.GetUtcNow());
        Assert.True(await _desk.CancelAsync("a"));
        Assert.Equal(("button.cancel", "a"), (_records[^1].Signal, _records[^1].Id));

        _time.Advance(TimeSpan.FromSeconds(1));
        await _desk.PressAsync("b", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(await _desk.CancelAsync("b"));
        Assert.Equal(3, _records.Count);
    }

    [Fact]
    public void The_hub_may_change_what_the_screen_says_of_the_place_and_only_to_languages_that_there_are()
    {
        _desk.Heard(new KioskStateMessage(KioskState.Idle, null, null, 0, "400-2", ["en", "xx"], "xx", "3 栋"));

        Assert.Equal(("400-2", "3 栋", "en"), (_desk.Place.Hotline, _desk.Place.Building, _desk.Place.LanguageDefault));
        Assert.Equal(["en"], _desk.Place.Languages);
    }

    private (KioskFace Face, bool IsUndecided, bool HasUnsent) Shown() =>
        (_desk.View().Face, _desk.View().IsUndecided, _desk.View().HasUnsent);

    private Task<bool> SendDirect(EdgeRecord record)
    {
        var answer = new TaskCompletionSource<bool>();
        _direct.Enqueue((record, answer));
        return answer.Task;
    }

    private OutboxPlace Record(EdgeRecord record)
    {
        _whileRecording?.Invoke();
        if (_isDiskFull)
        {
            throw new OutboxException("full");
        }

        _records.Add(record);
        return new OutboxPlace(1, new LogPosition(_records.Count));
    }
}
