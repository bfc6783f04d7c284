using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

public class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/B", false)]
    [InlineData("a/b", "a", false)]
    [InlineData("a", "a/b", false)]
    [InlineData("a/b", "/a/b", false)]
    [InlineData("+", "a", true)]
    [InlineData("+", "a/b", false)]
    [InlineData("+", "/a", false)]
    [InlineData("/+", "/a", true)]
    [InlineData("+/+", "/a", true)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/+/c", "a//c", true)]
    [InlineData("a/+/c", "a/b/b/c", false)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("#", "/", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("a/+/#", "a/b", true)]
    [InlineData("+/#", "a", true)]
    [InlineData("#", "$SYS/a", false)]
    [InlineData("+/a", "$SYS/a", false)]
    [InlineData("$SYS/#", "$SYS/a", true)]
    [InlineData("$SYS/+", "$SYS/a", true)]
    [InlineData("a/+", "a/$b", true)]
    [InlineData("楼/+/门", "楼/一/门", true)]
    public void Matches_as_the_standard_says(string filter, string topic, bool expected) =>
        Assert.Equal(expected, TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData("a", true)]
    [InlineData("/", true)]
    [InlineData("+", true)]
    [InlineData("#", true)]
    [InlineData("a/+/#", true)]
    [InlineData("+/+", true)]
    [InlineData("a//b", true)]
    [InlineData("$share/group/a/#", true)]
    [InlineData("", false)]
    [InlineData("a+", false)]
    [InlineData("a/b+/c", false)]
    [InlineData("a#", false)]
    [InlineData("#/a", false)]
    [InlineData("a/#/b", false)]
    [InlineData("##", false)]
    [InlineData("a\0b", false)]
    [InlineData("$share/group", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/group/", false)]
    [InlineData("$share/gr+/a", false)]
    [InlineData("$share/group/a#", false)]
    public void Knows_a_valid_filter(string filter, bool expected) => Assert.Equal(expected, TopicFilter.IsValid(filter));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("$a", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("a/#", false)]
    [InlineData("a\0", false)]
    public void Knows_a_valid_name(string topic, bool expected) => Assert.Equal(expected, TopicFilter.IsValidName(topic));

    [Fact]
    public void Half_a_character_is_neither_a_filter_nor_a_name()
    {
        Assert.False(TopicFilter.IsValid("a/\ud800"));
        Assert.False(TopicFilter.IsValidName("a/\ud800"));
    }

    [Fact]
    public void Names_and_filters_have_at_most_65535_bytes()
    {
        Assert.True(TopicFilter.IsValid(new string('a', 65_535)));
        Assert.False(TopicFilter.IsValid(new string('a', 65_536)));
        Assert.True(TopicFilter.IsValidName(new string('门', 21_845)));
        Assert.False(TopicFilter.IsValidName(new string('门', 21_846)));
    }

    [Fact]
    public void Agrees_with_a_matcher_that_splits_into_levels()
    {
        string[] levels = ["a", "b", "", "+", "#", "$x"];
        var random = new Random(5);
        var matches = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var filter = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(6)]));
            var topic = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(3)]));
            topic = random.Next(10) == 0 ? "$x/" + topic : topic;
            if (!TopicFilter.IsValid(filter) || !TopicFilter.IsValidName(topic))
            {
                continue;
            }

            var expected = Slow(filter.Split('/'), topic.Split('/'));
            Assert.Equal(expected, TopicFilter.Matches(filter, topic));
            matches += expected ? 1 : 0;
        }

        Assert.True(matches > 1_000);
    }

    private static bool Slow(string[] filter, string[] topic)
    {
        if (topic[0].StartsWith('$') && filter[0] is "+" or "#")
        {
            return false;
        }

        for (var i = 0; i < filter.Length; i++)
        {
            if (filter[i] == "#")
            {
                return true;
            }

            if (i >= topic.Length || (filter[i] != "+" && filter[i] != topic[i]))
            {
                return false;
            }
        }

        return filter.Length == topic.Length;
    }
}
