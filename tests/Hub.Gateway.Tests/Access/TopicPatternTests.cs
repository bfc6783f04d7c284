using Hub.Gateway.Access;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Access;

public class TopicPatternTests
{
    private static readonly string[] Levels = ["a", "b", "", "$x", "+", "#"];

    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/+", false)]
    [InlineData("a/b", "#", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/+", true)]
    [InlineData("a/+", "a/#", false)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/#", true)]
    [InlineData("a/#", "a/+/c", true)]
    [InlineData("a/#", "+/b", false)]
    [InlineData("#", "a/#", true)]
    [InlineData("#", "$SYS/#", false)]
    [InlineData("+/b", "$SYS/b", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    public void A_right_covers_a_filter_that_reaches_no_further(string pattern, string filter, bool isCovered) =>
        Assert.Equal(isCovered, TopicPattern.Covers(pattern, filter));

    /// <summary>The codec's matcher is the oracle: no topic gets through a covered filter that its right denies.</summary>
    [Fact]
    public void No_wildcard_widens_a_right()
    {
        var random = new Random(11);
        var checks = 0;
        while (checks < 10_000)
        {
            var (pattern, filter, topic) = (Draw(random, 6), Draw(random, 6), Draw(random, 4));
            if (!TopicPattern.IsValid(pattern) || !TopicFilter.IsValid(filter) || !TopicFilter.IsValidName(topic)
                || !TopicFilter.Matches(filter, topic))
            {
                continue;
            }

            checks++;
            if (TopicPattern.Covers(pattern, filter))
            {
                Assert.True(TopicFilter.Matches(pattern, topic), $"{pattern} covers {filter}, but not {topic}");
            }
        }
    }

    private static string Draw(Random random, int kinds) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Levels[random.Next(kinds)]));
}
