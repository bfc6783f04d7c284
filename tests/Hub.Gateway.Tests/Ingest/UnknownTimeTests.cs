using System.Text;
using Hub.Gateway.Broker;
using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Tests.Journal;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Transport.Messages;

namespace Hub.Gateway.Tests.Ingest;

/// <summary>
/// An edge without a battery clock, booting after a power cut, as the hub sees it: minute by minute through the decision
/// and all default rules, with every clock moved by hand.
/// </summary>
public sealed class UnknownTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private readonly PackDecider _decider = new(new IngestOptions());
    private readonly EdgeIntake _edge = new("e1", new EdgeSequences(), 100);
    private readonly RulesEngine _engine = new(RuleSet.From(DefaultPacks.All));
    private readonly LossLedger _losses = new();
    private readonly List<AlarmTransition> _said = [];
    private readonly List<(DateTimeOffset Now, Reading Reading)> _kept = [];
    private SiteSnapshot _site = SiteSnapshot.Empty;
    private DateTimeOffset _now = Start;
    private long _sequence = 1;
    private double _volume = 10;

    public UnknownTimeTests()
    {
        Change(new SiteChange.SpaceDefined(new Space(
            "home", SpaceKind.Unit, "home", Occupancy: Occupancy.Occupied)));
        Commission(1, Signal.WaterVolume);
        Commission(2, Signal.DoorOpen);
        Commission(3, Signal.ButtonPress);
    }

    public static TheoryData<int> Hours => [-24 * 300, -6, 6, 24 * 365 * 40];

    [Theory]
    [MemberData(nameof(Hours))]
    public void A_door_that_is_opened_before_the_time_is_known_has_not_been_open_for_as_long_as_the_clock_was_off(int hours)
    {
        Live(120, door: 0);
        Live(3, door: 1, SenMlClock.Unsynced, TimeSpan.FromHours(hours));
        Live(3, door: 1);
        Live(30, door: 0);

        // Of a meter that is ahead, and only of it, something is said: that its clock must be set.
        Assert.All(_said, one => Assert.Equal("Q1", one.Detector));
        Assert.Equal(hours > 0, _said.Count > 0);
        var opened = _kept.Where(one => one.Reading is { Point.Value: 2, Quality: Quality.Uncertain }).ToList();
        Assert.Equal(3, opened.Count);
        Assert.All(opened, one => Assert.Equal(one.Now, one.Reading.At));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void A_press_before_the_time_is_known_is_one_of_now_and_no_promise_is_late_for_it(int hours)
    {
        Live(5, door: 0);
        Send(SenMlClock.Unsynced, ("button.press", 1, _now.AddHours(hours), "p-1"));

        var raised = Assert.IsType<AlarmTransition.Raised>(Assert.Single(_said));
        Assert.Equal(("K1", _now), (raised.Detector, raised.At));

        // The edge hears no answer, learns the time meanwhile, and sends it again with its time repaired.
        _sequence--;
        Send(SenMlClock.Estimated, ("button.press", 1, _now, "p-1"));
        Assert.Single(_said);
    }

    [Fact]
    public void A_meter_that_is_read_at_an_unknown_time_is_kept_and_no_fact_until_its_time_is()
    {
        Live(120, door: 0);
        Live(5, door: 0, SenMlClock.Unsynced, TimeSpan.FromHours(-6));
        Live(5, door: 0, SenMlClock.Estimated);
        Live(5, door: 0, SenMlClock.Unsynced, TimeSpan.FromMinutes(-2));
        Live(60, door: 0);

        Assert.Empty(_said);
        var qualities = _kept.Where(one => one.Reading.Point.Value == 1).Select(one => one.Reading.Quality).ToList();
        Assert.Equal((180, 10, 5), (
            qualities.Count(one => one == Quality.Good), qualities.Count(one => one == Quality.Uncertain),
            qualities.Count(one => one == Quality.Bad)));
        Assert.Equal((390L, 0L, 0L), (_edge.Accepted, _edge.Rejected, _edge.Sequences.Missing));
    }

    [Fact]
    public void A_meter_whose_clock_is_ahead_is_set_aside_and_none_of_its_numbers_is_missing()
    {
        Live(5, door: 0);
        Live(5, door: 0, SenMlClock.Unsynced, TimeSpan.FromHours(6));
        Live(5, door: 0);

        Assert.Equal((25L, 5L, 0L), (_edge.Accepted, _edge.Rejected, _edge.Sequences.Missing));
        Assert.Empty(_losses.Gaps());
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(-24 * 300)]
    public void What_is_lost_beside_a_wrong_time_is_named_and_no_false_time_of_it(int hours)
    {
        Live(5, door: 0);
        _sequence += 7;
        Send(SenMlClock.Unsynced, ("water.volume", 10, _now.AddHours(hours), null));

        Assert.Equal([new LossGap("e1", "a", 11, 17, null, null)], _losses.Gaps());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(5)]
    public void A_backlog_of_a_clock_that_is_right_when_it_is_sent_is_judged_by_its_own_times(int minutesOff)
    {
        Live(60, door: 0);
        var (pressed, off) = (_now, TimeSpan.FromMinutes(minutesOff));
        _now = _now.AddHours(3); // Nobody answers for so long, and nobody tells it the time.
        Send(SenMlClock.Unsynced, ("button.press", 1, pressed + off, "p-1"), _now + off);
        Send(SenMlClock.Unsynced, ("water.volume", _volume, pressed + off, null), _now + off);

        Assert.Equal(
            [(3, pressed + off, Quality.Uncertain), (1, pressed + off, Quality.Uncertain)],
            _kept.TakeLast(2).Select(one => (one.Reading.Point.Value, one.Reading.At, one.Reading.Quality)));
        Assert.Equal(pressed + off, Assert.Single(_said.OfType<AlarmTransition.Raised>(), one => one.Detector == "K1").At);
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public void A_backlog_of_a_clock_that_is_wrong_when_it_is_sent_is_no_fact_but_its_presses_have_their_time(int hours)
    {
        Live(60, door: 0);
        var (pressed, off) = (_now, TimeSpan.FromHours(hours));
        _now = _now.AddHours(7);
        Send(SenMlClock.Unsynced, ("button.press", 1, pressed + off, "p-1"), _now + off);
        Send(SenMlClock.Unsynced, ("water.volume", _volume, pressed + off, null), _now + off);

        Assert.Equal(
            [(3, pressed, Quality.Uncertain), (1, pressed + off, Quality.Bad)],
            _kept.TakeLast(2).Select(one => (one.Reading.Point.Value, one.Reading.At, one.Reading.Quality)));
    }

    [Fact]
    public void A_pack_that_hung_on_the_line_for_hours_is_none_of_a_right_clock()
    {
        Live(60, door: 0);
        var sent = _now;
        _now = _now.AddHours(3);
        Send(SenMlClock.Unsynced, ("water.volume", _volume, sent, null), sent);

        Assert.Equal(Quality.Bad, _kept[^1].Reading.Quality);
    }

    private void Live(int minutes, int door, SenMlClock clock = SenMlClock.Synced, TimeSpan off = default)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            _volume += 0.001;
            // Contacts go ahead of the rest, in packs of their own.
            Send(clock, ("door.open", door, _now + off, null));
            Send(clock, ("water.volume", _volume, _now + off, null));
            _said.AddRange(_engine.Step(new Entry.Tick(_now)));
            _now = _now.AddMinutes(1);
        }
    }

    private void Send(
        SenMlClock clock, (string Signal, double Value, DateTimeOffset At, string? Id) record,
        DateTimeOffset? sentAt = null)
    {
        var sent = sentAt is null ? "" : FormattableString.Invariant($",\"st\":{sentAt.Value.ToUnixTimeSeconds()}");
        var id = record.Id is null ? "" : $",\"id\":\"{record.Id}\"";
        var word = clock.ToString().ToLowerInvariant();
        var pack = FormattableString.Invariant(
            $$"""[{"bt":{{record.At.ToUnixTimeSeconds()}},"ep":"a","sq":{{_sequence++}},"ct":"{{word}}"{{sent}},"n":"{{record.Signal}}","v":{{record.Value}}{{id}}}]""");
        var entries = new EntryWriter();
        _edge.Names.Use(_site, _site);
        var message = new IntakeMessage("e1", "hub/1/e1/readings", Encoding.UTF8.GetBytes(pack));
        Assert.True(_decider.TryDecide(_edge, _site, message, _now, entries));
        var block = SomeEntries.Block(entries, _now);
        new EntryReader().ReadSequences(JournalBlock.Open(block, out _), _losses.Take);
        foreach (var entry in new EntryReader().Read(JournalBlock.Open(block, out _)))
        {
            _said.AddRange(_engine.Step(entry));
            if (entry is Entry.Readings readings)
            {
                _kept.AddRange(readings.Items.ToArray().Select(reading => (_now, reading)));
            }
        }
    }

    private void Commission(int number, string signal)
    {
        var point = new Point(
            new PointNumber(number), "e1", "e1", signal, "home",
            Every: signal == Signal.ButtonPress ? null : TimeSpan.FromMinutes(1));
        Change(new SiteChange.PointCommissioned(point));
        foreach (var change in SitePlan.Agree(_site, point.Id, SentUnits.Of(Signal.Of(signal), "")!))
        {
            Change(change);
        }
    }

    private void Change(SiteChange change)
    {
        _site = _site.With(change);
        _said.AddRange(_engine.Step(new Entry.Changed(Start, change)));
    }
}
