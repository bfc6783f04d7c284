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
    private readonly KioskDesk _desk;
    private bool _isDiskFull;
    private Action? _whileRecording;

    public KioskDeskTests() => _desk = new KioskDesk(
        new KioskOptions { Hotline = "400-1" }, _time, _time, () => true, Record);

    [Fact]
    public void The_screen_answers_before_the_press_is_on_the_disk()
    {
        KioskFace? seen = null;
        _whileRecording = () => seen = _desk.View().Face;

        Assert.True(_desk.Press("a", _time.GetUtcNow()));

        Assert.Equal(KioskFace.Calling, seen);
        Assert.Equal(("lobby", "button.press", "a"), (_records[0].Device, _records[0].Signal, _records[0].Id));
    }

    [Fact]
    public void A_press_that_the_disk_refuses_is_told_as_an_error()
    {
        _isDiskFull = true;

        Assert.False(_desk.Press("a", _time.GetUtcNow()));

        Assert.Equal(KioskFace.Error, _desk.View().Face);
    }

    [Fact]
    public void Glass_and_wall_within_50_ms_are_one_press_and_later_two()
    {
        _desk.Press("glass", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.False(_desk.Press("wall", _time.GetUtcNow()));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_desk.Press("again", _time.GetUtcNow()));

        Assert.Equal(["glass", "again"], _records.Select(record => record.Id));
        Assert.Equal(KioskFace.AlreadyCalling, _desk.View().Face);
    }

    [Fact]
    public void A_confirmation_that_is_faster_than_the_press_itself_counts()
    {
        _whileRecording = () => _desk.SentThrough(new OutboxPlace(1, new LogPosition(1)));

        _desk.Press("a", _time.GetUtcNow());

        Assert.False(_desk.View().HasUnsent);
    }

    [Fact]
    public void A_confirmation_of_another_life_of_the_file_does_not_count()
    {
        _whileRecording = () => _desk.SentThrough(new OutboxPlace(2, new LogPosition(99)));

        _desk.Press("a", _time.GetUtcNow());

        Assert.True(_desk.View().HasUnsent);
    }

    [Fact]
    public void A_cancellation_is_a_record_with_the_presss_id_and_too_late_it_is_none()
    {
        _desk.Press("a", _time.GetUtcNow());
        Assert.True(_desk.Cancel("a"));
        Assert.Equal(("button.cancel", "a"), (_records[^1].Signal, _records[^1].Id));

        _time.Advance(TimeSpan.FromSeconds(1));
        _desk.Press("b", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(_desk.Cancel("b"));
        Assert.Equal(3, _records.Count);
    }

    [Fact]
    public void The_hub_may_change_what_the_screen_says_of_the_place_and_only_to_languages_that_there_are()
    {
        _desk.Heard(new KioskStateMessage(KioskState.Idle, null, null, 0, "400-2", ["en", "xx"], "xx", "3 栋"));

        Assert.Equal(("400-2", "3 栋", "en"), (_desk.Place.Hotline, _desk.Place.Building, _desk.Place.LanguageDefault));
        Assert.Equal(["en"], _desk.Place.Languages);
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
