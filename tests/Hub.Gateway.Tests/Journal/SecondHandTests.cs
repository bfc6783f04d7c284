using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Gateway.Tests.Journal;

public class SecondHandTests
{
    private static readonly DateTimeOffset Eight = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    [Fact]
    public void Goes_on_at_half_its_pace_while_the_clock_is_set_back_by_a_little_until_it_has_caught_up()
    {
        var hand = new SecondHand(DateTimeOffset.MinValue);

        Assert.Equal(Eight, hand.Next(Eight, Ten));
        Assert.Equal(Eight.AddSeconds(5), hand.Next(Eight.AddMinutes(-1), Ten));
        for (var second = 10; second <= 120; second += 10)
        {
            Assert.Equal(Eight.AddSeconds(5 + (second / 2)), hand.Next(Eight.AddMinutes(-1).AddSeconds(second), Ten));
        }

        Assert.Equal(Eight.AddSeconds(70), hand.Next(Eight.AddSeconds(70), Ten));
        Assert.Equal(Eight.AddSeconds(80), hand.Next(Eight.AddSeconds(80), Ten));
    }

    [Fact]
    public void Goes_back_with_a_clock_that_was_hours_ahead_and_is_put_right()
    {
        var hand = new SecondHand(DateTimeOffset.MinValue);

        Assert.Equal(Eight.AddHours(8), hand.Next(Eight.AddHours(8), Ten));
        Assert.Equal(Eight, hand.Next(Eight, Ten));
        Assert.Equal(Eight + Ten, hand.Next(Eight + Ten, Ten));
    }

    [Theory]
    [InlineData("2026-01-05T07:00:00Z", "2026-01-05T08:00:05Z")]
    [InlineData("1970-01-01T00:00:10Z", "2026-01-05T08:00:05Z")]
    [InlineData("2026-01-03T07:00:00Z", "2026-01-03T07:00:00Z")]
    public async Task Goes_on_from_the_journal_s_last_tick_unless_that_was_of_a_wrong_clock(string clock, string first)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var journal = new JournalLog(
            new ScriptedRowLog(), new JournalOptions(), new ManualTime(Eight), NullLogger<JournalLog>.Instance, _ => { });
        await journal.AppendAsync(new Entry.Tick(Eight), cancel);
        await journal.AppendAsync(new Entry.Presence("edge-1", true, Eight), cancel);

        Assert.Equal(At(first), TickService.HandOf(journal).Next(At(clock), Ten));

        static DateTimeOffset At(string text) =>
            DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_tick_is_journalled_every_ten_seconds_of_domain_time()
    {
        var cancel = TestContext.Current.CancellationToken;
        var time = new ManualTime(Eight);
        using var journal = new JournalLog(
            new ScriptedRowLog(), new JournalOptions(), time, NullLogger<JournalLog>.Instance, _ => { });
        using var service = new TickService(journal, new JournalOptions(), time);
        await service.StartAsync(cancel);
        var ticks = new List<DateTimeOffset>();
        await foreach (var row in journal.FollowAsync("test", LogPosition.Start, cancel))
        {
            ticks.Add(Assert.IsType<Entry.Tick>(Assert.Single(row.Entries)).At);
            if (ticks.Count == 3)
            {
                break;
            }

            time.Advance(Ten);
        }

        await service.StopAsync(cancel);

        Assert.Equal([Eight, Eight.AddSeconds(10), Eight.AddSeconds(20)], ticks);
    }
}
