using Hub.Edge.Kiosk;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests.Kiosk;

public class KioskScreenTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 5, 0, TimeSpan.Zero);

    private DateTimeOffset _now = Start;
    private KioskScreen _screen = new KioskScreen().Linked(true);

    private KioskView View => _screen.ViewAt(_now, _now);

    [Fact]
    public void At_home_nothing_is_called_and_nothing_is_unsent() =>
        Assert.Equal(new KioskView(KioskFace.Home, null, null, null, false, false, true), View);

    [Fact]
    public void A_press_shows_at_once_before_it_is_recorded()
    {
        Press("a", recorded: false);
        Assert.Equal(
            (KioskFace.Calling, Start, true, false), (View.Face, View.PressedAt, View.IsUndecided, View.HasUnsent));

        _screen = _screen.Recorded("a");
        Assert.Equal(
            (KioskFace.Calling, Start, false, true), (View.Face, View.PressedAt, View.IsUndecided, View.HasUnsent));
    }

    [Fact]
    public void The_way_of_a_call_from_press_to_arrival()
    {
        Press("a");
        Sent("a");
        Hear(KioskState.Calling);
        Assert.Equal(KioskFace.Calling, View.Face);

        Hear(KioskState.Accepted, promised: Start.AddMinutes(5));
        Assert.Equal((KioskFace.Acknowledged, Start.AddMinutes(5)), (View.Face, View.PromisedAt));

        After(TimeSpan.FromMinutes(5));
        Hear(KioskState.Late, promised: Start.AddMinutes(5));
        Assert.Equal((KioskFace.Late, null), (View.Face, View.PromisedAt));

        Hear(KioskState.Arrived);
        Assert.Equal(KioskFace.Arrived, View.Face);
        After(TimeSpan.FromSeconds(7.9));
        Assert.Equal(KioskFace.Arrived, View.Face);
        After(TimeSpan.FromSeconds(0.1));
        Assert.Equal(KioskFace.Home, View.Face);
    }

    [Fact]
    public void A_press_that_the_hub_does_not_confirm_within_3_seconds_is_told_as_saved_here()
    {
        _screen = _screen.Linked(false);
        Press("a");
        After(TimeSpan.FromSeconds(2.9));
        Assert.Equal(KioskFace.Calling, View.Face);

        After(TimeSpan.FromSeconds(0.1));

        Assert.Equal((KioskFace.Offline, true, false), (View.Face, View.HasUnsent, View.IsLinked));
    }

    [Fact]
    public void It_says_so_too_when_the_link_looks_alive_but_nothing_is_confirmed()
    {
        Press("a");
        After(TimeSpan.FromSeconds(3));

        Assert.Equal(KioskFace.Offline, View.Face);
    }

    [Fact]
    public void After_two_minutes_offline_the_screen_is_free_and_still_says_that_a_call_waits()
    {
        Press("a");
        After(TimeSpan.FromMinutes(2));
        Assert.Equal((KioskFace.Home, true), (View.Face, View.HasUnsent));

        Sent("a");

        Assert.Equal((KioskFace.Calling, false), (View.Face, View.HasUnsent));
    }

    [Fact]
    public void Delivered_after_all_it_goes_on_as_a_call()
    {
        Press("a");
        After(TimeSpan.FromSeconds(30));
        Sent("a");
        Hear(KioskState.Accepted, promised: _now.AddMinutes(5));

        Assert.Equal(KioskFace.Acknowledged, View.Face);
    }

    [Fact]
    public void A_press_that_could_not_be_recorded_is_an_error_for_a_minute()
    {
        Press("a", recorded: false);
        _screen = _screen.Failed("a", _now);
        Assert.Equal((KioskFace.Error, false, null), (View.Face, View.HasUnsent, View.CallId));

        After(TimeSpan.FromSeconds(60));
        Assert.Equal(KioskFace.Home, View.Face);
    }

    [Fact]
    public void Pressing_again_after_an_error_calls()
    {
        Press("a", recorded: false);
        _screen = _screen.Failed("a", _now);

        Press("b");

        Assert.Equal(KioskFace.Calling, View.Face);
    }

    [Fact]
    public void A_second_press_says_already_calling_for_a_moment_and_keeps_the_first_call()
    {
        Press("a");
        Sent("a");
        After(TimeSpan.FromSeconds(10));
        Press("b");
        Assert.Equal((KioskFace.AlreadyCalling, "a"), (View.Face, View.CallId));
        Assert.Equal(1, _screen.Call!.Repeats);

        After(TimeSpan.FromSeconds(4));
        Assert.Equal(KioskFace.Calling, View.Face);
    }

    [Fact]
    public void A_call_can_be_cancelled_for_20_seconds()
    {
        Press("a");
        Sent("a");
        After(TimeSpan.FromSeconds(19.9));
        Assert.Equal("a", View.CallId);

        Assert.Equal(KioskFace.Calling, _screen.Cancel("other", _now).ViewAt(_now, _now).Face);
        _screen = _screen.Cancel("a", _now);
        Assert.Equal(KioskFace.Cancelled, View.Face);
        After(TimeSpan.FromSeconds(4));
        Assert.Equal(KioskFace.Home, View.Face);
    }

    [Fact]
    public void After_20_seconds_there_is_nothing_to_cancel()
    {
        Press("a");
        Sent("a");
        After(TimeSpan.FromSeconds(20));

        Assert.Null(View.CallId);
        Assert.Equal(KioskFace.Calling, _screen.Cancel("a", _now).ViewAt(_now, _now).Face);
    }

    [Fact]
    public void A_cancelled_call_does_not_come_back_when_the_hub_speaks_of_it_late()
    {
        Press("a");
        Sent("a");
        _screen = _screen.Cancel("a", _now);
        After(TimeSpan.FromSeconds(5));

        Hear(KioskState.Calling, pressed: Start);
        Assert.Equal(KioskFace.Home, View.Face);

        After(TimeSpan.FromMinutes(1));
        Press("b");
        Sent("b");
        Hear(KioskState.Accepted, pressed: _now);
        Assert.Equal(KioskFace.Acknowledged, View.Face);
    }

    [Fact]
    public void The_idle_state_that_was_retained_before_the_press_does_not_end_the_call()
    {
        Press("a");
        Sent("a");
        Hear(KioskState.Idle);
        Assert.Equal(KioskFace.Calling, View.Face);

        Hear(KioskState.Calling, pressed: Start);
        Hear(KioskState.Closed);
        Assert.Equal(KioskFace.Home, View.Face);
    }

    [Fact]
    public void Idle_after_a_long_silence_means_that_the_call_is_over()
    {
        Press("a");
        Sent("a");
        After(TimeSpan.FromMinutes(3));

        Hear(KioskState.Idle);

        Assert.Equal(KioskFace.Home, View.Face);
    }

    [Fact]
    public void A_retained_arrival_is_an_old_story_after_a_restart()
    {
        Hear(KioskState.Arrived, pressed: Start.AddMinutes(-9));

        Assert.Equal(KioskFace.Home, View.Face);
    }

    [Fact]
    public void A_restarted_screen_shows_the_hubs_open_call_and_a_press_is_its_repeat()
    {
        Hear(KioskState.Accepted, pressed: Start.AddMinutes(-2), promised: Start.AddMinutes(3));
        Assert.Equal((KioskFace.Acknowledged, Start.AddMinutes(3)), (View.Face, View.PromisedAt));

        Press("b");
        Assert.Equal(KioskFace.AlreadyCalling, View.Face);
        After(TimeSpan.FromSeconds(5));
        Assert.Equal(KioskFace.Acknowledged, View.Face);
    }

    [Fact]
    public void An_unsent_press_of_before_the_restart_is_told()
    {
        _screen = _screen.Restored("a", Start.AddMinutes(-3), _now);
        Assert.Equal((KioskFace.Offline, true), (View.Face, View.HasUnsent));

        Sent("a");
        Assert.Equal(KioskFace.Calling, View.Face);
    }

    [Fact]
    public void While_the_clock_is_unknown_no_time_is_shown()
    {
        Press("a");
        Sent("a");
        Hear(KioskState.Accepted, promised: Start.AddMinutes(5));

        var view = _screen.ViewAt(_now, null);

        Assert.Equal((KioskFace.Acknowledged, null, null), (view.Face, view.PressedAt, view.PromisedAt));
    }

    [Fact]
    public void A_call_that_nobody_ever_speaks_of_ends_by_itself()
    {
        Press("a");
        Sent("a");
        After(TimeSpan.FromMinutes(30));

        Assert.Equal(KioskFace.Home, View.Face);
    }

    private void Press(string id, bool recorded = true)
    {
        _screen = _screen.Press(id, _now, _now);
        _screen = recorded ? _screen.Recorded(id) : _screen;
    }

    private void Sent(string id) => _screen = _screen.Sent(id, _now);

    private void Hear(KioskState word, DateTimeOffset? pressed = null, DateTimeOffset? promised = null) =>
        _screen = _screen.Heard(new HubCallState(word, pressed, promised), _now);

    private void After(TimeSpan time) => _now += time;
}
