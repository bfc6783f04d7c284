using Hub.Rules.Engine;

namespace Hub.Rules.Tests.Engine;

/// <summary>The queue and the wheel give what a sorted list would give, whatever comes in which order.</summary>
public class TurnQueueTests
{
    public static readonly TheoryData<int> Seeds = [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_queue_gives_turns_in_order_of_time_and_number(int seed)
    {
        var random = new Random(seed);
        var queue = new TurnQueue();
        var expected = new List<Turn>();
        for (var i = 0; i < 2000; i++)
        {
            if (random.Next(5) < 3)
            {
                // Mostly in order, with instants that many share, and some that come late.
                var turn = new Turn((i / 50 * 10) - (random.Next(6) == 0 ? random.Next(100) : 0), random.Next(40));
                queue.Enqueue(turn);
                expected.Add(turn);
                expected.Sort();
            }
            else if (queue.TryPeek(out var next))
            {
                Assert.Equal(expected[0], next);
                queue.Dequeue();
                expected.RemoveAt(0);
            }
            else
            {
                Assert.Empty(expected);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_wheel_gives_what_is_due_in_order_whatever_leaps_the_clock_makes(int seed)
    {
        var random = new Random(seed);
        var wheel = new WakeWheel();
        var waiting = new List<Turn>();
        var clock = 0L;
        for (var i = 0; i < 500; i++)
        {
            // A second to three months ahead, and now and then what is overdue already.
            for (var n = random.Next(20); n > 0; n--)
            {
                var ahead = TimeSpan.TicksPerSecond * Math.Pow(10, random.NextDouble() * 7);
                var turn = new Turn(clock + (long)(random.Next(10) == 0 ? -ahead : ahead), random.Next(40));
                wheel.Add(turn);
                waiting.Add(turn);
            }

            clock += (long)(TimeSpan.TicksPerSecond * Math.Pow(10, random.NextDouble() * (seed % 7)));
            clock -= random.Next(20) == 0 ? TimeSpan.TicksPerMinute : 0;
            var due = waiting.Where(turn => turn.At <= clock).Order().ToArray();
            waiting.RemoveAll(turn => turn.At <= clock);
            Assert.Equal(due, wheel.Take(clock).ToArray());
        }
    }
}
