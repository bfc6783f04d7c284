using Hub.Gateway.Broker;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

public class SubscriptionTreeTests
{
    private static readonly string[] Levels = ["a", "b", "", "$x", "+", "#"];

    /// <summary>The codec's matcher, filter by filter, is the oracle of the tree.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Finds_just_the_sessions_whose_filters_match_through_any_adding_and_removing(int seed)
    {
        var random = new Random(seed);
        var tree = new SubscriptionTree();
        var sessions = Enumerable.Range(0, 5)
            .Select(i => new Session($"{i}", Principal.Nobody, new BrokerOptions(), new BrokerCounters(), new SessionStore())).ToList();
        var held = new HashSet<(Session Session, string Filter)>();
        for (var step = 0; step < 3000; step++)
        {
            var session = sessions[random.Next(sessions.Count)];
            var filter = Draw(random, Levels.Length);
            if (!TopicFilter.IsValid(filter))
            {
                continue;
            }

            if (random.Next(3) > 0)
            {
                var isNew = tree.Add(new Subscriber(session, new MqttSubscription(filter, MqttQoS.AtMostOnce), 0));
                Assert.Equal(held.Add((session, filter)), isNew);
            }
            else
            {
                Assert.Equal(held.Remove((session, filter)), tree.Remove(session, filter));
            }

            var topic = Draw(random, Levels.Length - 2);
            if (TopicFilter.IsValidName(topic))
            {
                Assert.Equal(
                    held.Where(one => TopicFilter.Matches(one.Filter, topic)).Select(one => one.Session.ClientId).Distinct().Order(),
                    tree.Match(topic).Recipients.Select(found => found[0].Session.ClientId).Order());
            }
        }
    }

    [Fact]
    public void A_session_with_several_matching_filters_is_there_once_with_all_of_them()
    {
        var tree = new SubscriptionTree();
        var session = new Session("s", Principal.Nobody, new BrokerOptions(), new BrokerCounters(), new SessionStore());
        tree.Add(new Subscriber(session, new MqttSubscription("a/+", MqttQoS.AtMostOnce), 1));
        tree.Add(new Subscriber(session, new MqttSubscription("a/#", MqttQoS.AtLeastOnce), 2));

        Assert.Equal([1u, 2u], Assert.Single(tree.Match("a/b").Recipients).Select(by => by.Identifier).Order());
    }

    [Fact]
    public void Members_of_a_share_take_turns_and_a_share_without_members_is_gone()
    {
        var tree = new SubscriptionTree();
        var sessions = Enumerable.Range(0, 3)
            .Select(i => new Session($"{i}", Principal.Nobody, new BrokerOptions(), new BrokerCounters(), new SessionStore())).ToList();
        foreach (var session in sessions)
        {
            Assert.True(tree.Add(new Subscriber(session, new MqttSubscription("$share/g/a/+", MqttQoS.AtLeastOnce), 0)));
        }

        var share = Assert.Single(tree.Match("a/b").Shares);
        Assert.Equal(["0", "1", "2"], Enumerable.Range(0, 3).Select(_ => share.Next()![0].Session.ClientId).Order());
        Assert.All(sessions, session => Assert.True(tree.Remove(session, "$share/g/a/+")));
        Assert.Empty(tree.Match("a/b").Shares);
    }

    private static string Draw(Random random, int kinds) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Levels[random.Next(kinds)]));
}
