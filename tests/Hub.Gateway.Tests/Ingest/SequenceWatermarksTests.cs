using Hub.Gateway.Ingest;

namespace Hub.Gateway.Tests.Ingest;

public class SequenceWatermarksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Agrees_with_a_set_of_all_numbers_ever_seen_through_any_saving(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var watermarks = new SequenceWatermarks();
            var oracle = new Dictionary<(string, string), HashSet<long>>();
            for (var step = 0; step < 150; step++)
            {
                var (edge, epoch) = ($"edge-{random.Next(2)}", $"epoch-{random.Next(2)}");
                var (sequence, count) = (random.NextInt64(1, 200), random.Next(1, 20));
                var seen = oracle.TryGetValue((edge, epoch), out var known) ? known : oracle[(edge, epoch)] = [];
                var expected = Enumerable.Range(0, count).Select(i => sequence + i).Where(seen.Add).ToList();

                var fresh = watermarks.Take(edge, epoch, sequence, count)
                    .SelectMany(range => Enumerable.Range(0, (int)range.Count).Select(i => range.From + i)).ToList();

                Assert.Equal(expected, fresh);
                Assert.Equal(
                    oracle.Where(entry => entry.Key.Item1 == edge).Sum(entry => entry.Value.Max() - entry.Value.Count),
                    watermarks.Of(edge).Missing);
                if (random.Next(20) == 0)
                {
                    watermarks = SequenceWatermarks.Load(watermarks.Save());
                }
            }
        }
    }

    [Fact]
    public void Beyond_its_bound_it_takes_something_twice_rather_than_losing_it()
    {
        var watermarks = new SequenceWatermarks();
        for (var i = 1; i <= EpochSequences.RangesMax + 1; i++)
        {
            Assert.NotEmpty(watermarks.Take("e", "", 10 * i, 1));
        }

        Assert.Single(watermarks.Take("e", "", 10, 1));
        Assert.Empty(watermarks.Take("e", "", 10L * (EpochSequences.RangesMax + 1), 1));
        Assert.Single(watermarks.Take("e", "", 15, 1));
    }

    [Fact]
    public void An_epoch_long_out_of_use_is_forgotten_and_the_one_in_use_is_not()
    {
        var watermarks = new SequenceWatermarks();
        for (var i = 0; i <= EdgeSequences.EpochsMax; i++)
        {
            watermarks.Take("e", $"{i}", 1, 10);
            Assert.Empty(watermarks.Take("e", $"{i}", 1, 10));
        }

        Assert.Empty(watermarks.Take("e", "1", 1, 10));
        Assert.Single(watermarks.Take("e", "0", 1, 10));
    }
}
