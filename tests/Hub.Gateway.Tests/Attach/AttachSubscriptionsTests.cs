using Hub.Gateway.Attach;

namespace Hub.Gateway.Tests.Attach;

public sealed class AttachSubscriptionsTests
{
    [Fact]
    public void Readings_and_events_are_shared_and_what_is_retained_is_not()
    {
        var wanted = AttachSubscriptions.Wanted(["hub/1/+/readings", "hub/1/+/status", "zigbee2mqtt/#"], "hubs");

        Assert.Equal(["$share/hubs/hub/1/+/readings", "hub/1/+/status", "zigbee2mqtt/#"], wanted);
    }

    [Theory]
    [InlineData("a/#", "a/b", "a/#")]
    [InlineData("a/b/#", "a/#", "a/#")]
    [InlineData("+/#", "a/#", "+/#")]
    [InlineData("#", "+/#", "#")]
    [InlineData("a/+", "a/b", "a/+")]
    [InlineData("a/#", "a/+", "a/#")]
    [InlineData("a/+/#", "a/#", "a/#")]
    [InlineData("a", "a", "a")]
    public void A_filter_that_another_covers_is_left_out(string one, string other, string left) =>
        Assert.Equal([left], AttachSubscriptions.Wanted([one, other], null));

    [Theory]
    [InlineData("a/+", "b/+")]
    [InlineData("a/b/#", "a/+")]
    [InlineData("a/+/c", "a/b/+")]
    public void Filters_that_each_take_something_of_their_own_stay(string one, string other) =>
        Assert.Equal([one, other], AttachSubscriptions.Wanted([one, other], null));
}
