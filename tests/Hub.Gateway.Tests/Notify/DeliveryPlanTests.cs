using Hub.Gateway.Notify;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Notify;

public class DeliveryPlanTests
{
    [Fact]
    public void A_channel_hears_what_its_people_are_told_where_and_when_they_are_there()
    {
        var channel = new Channel("c", ChannelKind.WeCom)
        {
            Tells = new HashSet<string> { "chief" },
            About = new HashSet<NoticeKind> { NoticeKind.Call },
            Spaces = ["b1-*"],
            Hours = LobbyHours.TryParse("07:00-23:00")!.Value,
        };

        Assert.True(Carries(Call("chief"), "b1-e1"));
        Assert.False(Carries(Call("butler"), "b1-e1"));
        Assert.False(Carries(Call("chief"), "b2-e1"));
        Assert.False(Carries(Call("chief") with { Kind = NoticeKind.Breach }, "b1-e1"));
        Assert.False(Carries(Call("chief") with { At = Some.T0.AddHours(15) }, "b1-e1"));

        bool Carries(Notice notice, string space) =>
            DeliveryPlan.For(notice, space, [channel], TimeZoneInfo.Utc).Any();
    }

    [Fact]
    public void A_second_channel_waits_until_a_call_is_old_enough()
    {
        var second = new Channel("s", ChannelKind.Mail) { After = TimeSpan.FromMinutes(2) };

        Assert.Equal(Some.At(2), From(Call("butler")));
        Assert.Equal(Some.T0, From(Call("butler") with { Kind = NoticeKind.Breach }));

        DateTimeOffset From(Notice notice) =>
            Assert.Single(DeliveryPlan.For(notice, "b1", [second], TimeZoneInfo.Utc)).From;
    }

    [Fact]
    public void A_call_is_stale_once_somebody_has_accepted_and_a_breach_never_is()
    {
        var order = Some.Order(Some.Press("p1", Some.T0));
        var taken = order.After(new OrderCommand.Accept(Some.Wang), Some.At(1));

        Assert.False(DeliveryPlan.IsStale(Call("butler"), order));
        Assert.True(DeliveryPlan.IsStale(Call("butler"), taken));
        Assert.False(DeliveryPlan.IsStale(Call("chief") with { Kind = NoticeKind.Breach }, taken));
        Assert.True(DeliveryPlan.IsStale(Call("butler"), null));
    }

    private static Notice Call(string to) => new(1, 1, NoticeKind.Call, to, Some.T0, null);
}
