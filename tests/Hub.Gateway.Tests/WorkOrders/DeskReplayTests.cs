using Hub.Gateway.Tests.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>
/// Exactly once: whatever rows come, in whatever pieces, with the process killed and the journal read again from any row
/// before, the orders are those of one undisturbed reading.
/// </summary>
public class DeskReplayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal Func<Tables> NewTables { get; init; } = () => new Tables();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Killed_and_replayed_from_anywhere_the_orders_are_the_same(int seed)
    {
        var random = new Random(seed);
        var rows = Rows(random, 30);
        using var calm = new DeskRoom(NewTables());
        using var rough = new DeskRoom(NewTables());
        for (var row = 0; row < rows.Count; row++)
        {
            await calm.Desk.HandleAsync(rows[row], new LogPosition(row + 1), Cancel);
            calm.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var next = 0;
        var reached = 0;
        while (next < rows.Count)
        {
            await rough.Desk.HandleAsync(rows[next], new LogPosition(next + 1), Cancel);
            if (next == reached)
            {
                rough.Time.Advance(TimeSpan.FromMinutes(1));
                reached++;
            }

            next++;
            if (random.Next(4) == 0)
            {
                rough.Reopen();
                next = random.Next(next + 1);
                if (random.Next(3) == 0)
                {
                    await rough.Desk.RewindAsync(new LogPosition(next), Cancel);
                }
            }
        }

        Assert.Equal(await StoryAsync(calm.Desk), await StoryAsync(rough.Desk));
    }

    private static List<AlarmTransition[]> Rows(Random random, int count)
    {
        List<AlarmTransition[]> rows = [];
        List<(string Space, DateTimeOffset At)> leaks = [];
        for (var row = 0; row < count; row++)
        {
            List<AlarmTransition> transitions = [];
            for (var i = random.Next(3); i > 0; i--)
            {
                var at = Some.At(row);
                var space = $"space-{random.Next(2)}";
                switch (random.Next(4))
                {
                    case 0:
                        transitions.Add(Some.Press($"p{row}-{i}", at, space));
                        break;
                    case 1:
                        transitions.Add(Some.Withdrawn($"p{row - 1}-{i}", at.AddSeconds(-45), space));
                        break;
                    case 2 when leaks.Count > 0:
                        var old = leaks[random.Next(leaks.Count)];
                        transitions.Add(Some.LeakCleared(old.At, at, old.Space));
                        break;
                    default:
                        leaks.Add((space, at));
                        transitions.Add(Some.Leak(at, space, kind: "device"));
                        break;
                }
            }

            rows.Add([.. transitions]);
        }

        return rows;
    }

    /// <summary>Everything but when it was written down, and the warnings, which are only given if somebody looks in time.</summary>
    private static async Task<List<string>> StoryAsync(OrderDesk desk)
    {
        await desk.ElapseAsync(Cancel);
        List<string> story = [];
        var page = await desk.ListAsync(new OrderFilter { Scope = OrderScope.All, Limit = 200 }, Cancel);
        foreach (var order in page.Items)
        {
            story.Add($"{order.Number} {order.SpaceId} {order.Symptom} {order.State} ×{order.Repeats} round {order.Round}");
            var history = await desk.HistoryAsync(order.Id, Cancel);
            Assert.Equal(order.Version, history.Count);
            story.AddRange(history
                .Where(happened => happened is not OrderEvent.DueSoon)
                .Select(happened => $"{happened.At:O} {happened.GetType().Name}").Order(StringComparer.Ordinal));
        }

        return story;
    }
}
