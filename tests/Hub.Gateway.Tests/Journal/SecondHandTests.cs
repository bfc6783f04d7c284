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
    public void Goes_with_the_clock_and_on_by_itself_while_the_clock_is_set_back()
    {
        var hand = new SecondHand(DateTimeOffset.MinValue);

        Assert.Equal(Eight, hand.Next(Eight, Ten));
        Assert.Equal(Eight.AddHours(3), hand.Next(Eight.AddHours(3), Ten));
        Assert.Equal(Eight.AddHours(3).AddSeconds(10), hand.Next(Eight.AddHours(1), Ten));
        Assert.Equal(Eight.AddHours(3).AddSeconds(20), hand.Next(Eight.AddHours(1).AddSeconds(10), Ten));
        Assert.Equal(Eight.AddHours(4), hand.Next(Eight.AddHours(4), Ten));
    }

    [Fact]
    public async Task Goes_on_from_the_journal_s_last_tick_when_the_clock_was_set_back_while_the_hub_was_down()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var journal = new JournalLog(
            new ScriptedRowLog(), new JournalOptions(), new ManualTime(Eight), NullLogger<JournalLog>.Instance, _ => { });
        await journal.AppendAsync(new Entry.Tick(Eight), cancel);
        await journal.AppendAsync(new Entry.Presence("edge-1", true, Eight), cancel);

        Assert.Equal(Eight + Ten, TickService.HandOf(journal).Next(Eight.AddHours(-1), Ten));
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
