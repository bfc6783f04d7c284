using Hub.Rules.Alarms;
using Hub.Rules.Backtest;

namespace Hub.Rules.Tests.Backtest;

public class EventScoreTests
{
    private const string Labels = """
        device,signal,start,end,kind,magnitude,origin
        a,water,2026-05-04T00:00:00Z,2026-05-04T06:00:00Z,leak,4,injected
        a,water,2026-05-10T00:00:00Z,2026-05-10T06:00:00Z,leak,4,injected
        a,*,2026-05-20T00:00:00Z,2026-05-20T06:00:00Z,leak,4,injected
        a,water,2026-05-24T00:00:00Z,2026-05-24T06:00:00Z,burst,900,injected
        b,water,2026-05-04T00:00:00Z,2026-05-05T00:00:00Z,ignore_silent,24,rule
        b,water,2026-05-10T00:00:00Z,2026-05-10T02:00:00Z,benign_guests,2,injected
        """;

    [Fact]
    public void An_episode_is_found_from_its_start_to_a_day_after_its_end()
    {
        var score = Score("a water 04T03:00", "a water 05T05:59", "a water 11T06:00", "a door 20T01:00", "b water 24T01:00");

        Assert.Equal(new KindScore("burst", 0, 1, null), score.Kinds[0]);
        Assert.Equal(new KindScore("leak", 3, 3, TimeSpan.FromHours(3)), score.Kinds[1]);
        Assert.Equal((3, 4, 0.75, 0.75), (score.Found, score.Episodes, score.Recall, score.Precision));
    }

    [Fact]
    public void Alarms_elsewhere_count_once_a_day_for_a_device_and_signal()
    {
        var score = Score("b water 20T00:00", "b water 20T23:59", "b water 21T23:00", "b door 20T00:00", "a water 09T23:59");

        Assert.Equal((3, 0), (score.FalseAlarms, score.BenignAlarms));
    }

    [Fact]
    public void What_may_alarm_does_not_count_and_what_must_not_counts_each_time()
    {
        var score = Score("b water 05T12:00", "b water 10T01:00", "b water 10T02:00", "b water 11T02:01");

        Assert.Equal((1, 2), (score.FalseAlarms, score.BenignAlarms));
        Assert.Equal(0, score.Precision);
    }

    private static EventScore Score(params string[] alarms) => EventScore.Of(
        ScoreLabel.Read(new StringReader(Labels)),
        alarms.Select(alarm => alarm.Split(' ')).Select(words => new ReplayAlarm(
            DateTimeOffset.Parse($"2026-05-{words[2]}:00Z", null), words[0], words[1], "W1", Nothing)));

    private static AlarmTransition.Raised Nothing => null!;
}
