using System.Text;
using Hub.Transport.Messages;

namespace Hub.Transport.Tests.Messages;

public class LocalMessageTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1_767_600_000_123);

    [Theory]
    [InlineData(SenMlClock.Synced, "synced")]
    [InlineData(SenMlClock.Estimated, "estimated")]
    [InlineData(SenMlClock.Unsynced, "unsynced")]
    public void A_message_comes_back_with_its_time_and_its_payload_as_it_was(SenMlClock clock, string word)
    {
        byte[] payload = [0, 10, 255, 32];

        var bytes = LocalMessage.Write(At, clock, payload);

        Assert.Equal($"1767600000123 {word}\n", Encoding.ASCII.GetString(bytes[..^4]));
        Assert.True(LocalMessage.TryRead(bytes, out var at, out var read, out var back));
        Assert.Equal((At, clock), (at, read));
        Assert.Equal(payload, back.ToArray());
    }

    [Fact]
    public void An_empty_message_stays_empty_as_it_deletes_what_was_retained()
    {
        Assert.Empty(LocalMessage.Write(At, SenMlClock.Synced, default));
        Assert.True(LocalMessage.TryRead(default, out _, out var clock, out var payload));
        Assert.Equal((SenMlClock.Unsynced, 0), (clock, payload.Length));
    }

    [Theory]
    [InlineData("{\"temperature\":21}\n")]
    [InlineData("1767600000123\n{}")]
    [InlineData("1767600000123 \n{}")]
    [InlineData("1767600000123 sync\n{}")]
    [InlineData("1767600000123synced\n{}")]
    [InlineData("-1 synced\n{}")]
    [InlineData("99999999999999999 synced\n{}")]
    [InlineData("1767600000123 synced")]
    [InlineData("0000000000000000000000000000001767600000123 synced\n{}")]
    public void What_does_not_begin_with_its_time_is_not_one(string text) =>
        Assert.False(LocalMessage.TryRead(Encoding.ASCII.GetBytes(text), out _, out _, out _));

    [Theory]
    [InlineData("hub/1/e1/local/zigbee2mqtt/a/b", "e1", "zigbee2mqtt/a/b")]
    [InlineData("hub/1/e1/local/local/x", "e1", "local/x")]
    [InlineData("hub/1/e1/local/", "", "")]
    [InlineData("hub/1/e1/readings", "", "")]
    [InlineData("hub/1//local/x", "", "")]
    [InlineData("hub/1/e1/kiosk/local/x", "", "")]
    [InlineData("hub/2/e1/local/x", "", "")]
    [InlineData("zigbee2mqtt/local/x", "", "")]
    public void A_forwarded_topic_says_whose_it_is_and_what_it_was(string topic, string edge, string local)
    {
        Assert.Equal(edge.Length > 0, Topics.TryParseLocal(topic, out var foundEdge, out var foundLocal));
        Assert.Equal((edge, local), (foundEdge, foundLocal));
    }
}
