using System.Text;
using Hub.Transport.Messages;

namespace Hub.Transport.Tests.Messages;

public class SmallMessageTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_767_600_000);

    [Fact]
    public void An_edges_status_reads_as_it_was_written()
    {
        var message = new EdgeStatusMessage(EdgeState.Online, "e1", At, "0.1.0", "7");

        var json = message.ToJson();

        Assert.Equal(
            """{"state":"online","epoch":"e1","since":1767600000,"version":"0.1.0","config":"7"}""",
            Encoding.UTF8.GetString(json));
        Assert.True(EdgeStatusMessage.TryRead(json, out var read, out _));
        Assert.Equal(message, read);
    }

    [Fact]
    public void A_will_may_say_no_more_than_offline()
    {
        Assert.True(EdgeStatusMessage.TryRead("""{"state":"offline","more":[1]}"""u8, out var read, out _));

        Assert.Equal(new EdgeStatusMessage(EdgeState.Offline), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"state":"asleep"}""")]
    [InlineData("""{"state":"online","since":"today"}""")]
    [InlineData("""{"state":"online","since":1e20}""")]
    [InlineData("\u00ff")]
    public void What_is_no_status_is_a_fault_in_a_sentence(string json)
    {
        Assert.False(EdgeStatusMessage.TryRead(Encoding.Latin1.GetBytes(json), out _, out var fault));

        Assert.StartsWith("the message is n", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kiosks_state_reads_as_it_was_written()
    {
        var message = new KioskStateMessage(
            KioskState.Late, At, At.AddMinutes(5), 2, "400-1", ["zh-Hans", "en"], "zh-Hans", "Tower 1");

        var json = message.ToJson();

        Assert.Equal(
            """{"state":"late","pressedAt":1767600000,"promiseAt":1767600300,"repeats":2,"hotline":"400-1","""
            + """ "languages":["zh-Hans","en"],"default":"zh-Hans","building":"Tower 1"}""".TrimStart(),
            Encoding.UTF8.GetString(json));
        Assert.True(KioskStateMessage.TryRead(json, out var read, out _));
        Assert.Equal(message with { Languages = [] }, read with { Languages = [] });
        Assert.Equal(message.Languages, read.Languages);
    }

    [Fact]
    public void A_kiosk_at_rest_has_no_times()
    {
        var json = """
            {"state":"idle","pressedAt":null,"promiseAt":null,"repeats":0,"hotline":"","languages":[],"default":"en","building":""}
            """u8;

        Assert.True(KioskStateMessage.TryRead(json, out var read, out _));

        Assert.Null(read.PressedAt);
        Assert.Equal(KioskState.Idle, read.State);
    }

    [Theory]
    [InlineData("hub/1/gate-7/readings", "gate-7", TopicKind.Readings)]
    [InlineData("hub/1/gate-7/events", "gate-7", TopicKind.Events)]
    [InlineData("hub/1/gate-7/status", "gate-7", TopicKind.Status)]
    [InlineData("hub/1/gate-7/ack", "gate-7", TopicKind.Ack)]
    [InlineData("hub/1/gate-7/config", "gate-7", TopicKind.Config)]
    [InlineData("hub/1/gate-7/cmd", "gate-7", TopicKind.Command)]
    [InlineData("hub/1/gate-7/kiosk/lobby-1", "gate-7", TopicKind.Kiosk)]
    [InlineData("hub/1/gate-7", "", TopicKind.None)]
    [InlineData("hub/1//readings", "", TopicKind.None)]
    [InlineData("hub/2/gate-7/readings", "", TopicKind.None)]
    [InlineData("hub/1/gate-7/readings/more", "", TopicKind.None)]
    [InlineData("hub/1/gate-7/kiosk/", "", TopicKind.None)]
    [InlineData("hub/1/gate-7/kiosk/a/b", "", TopicKind.None)]
    [InlineData("zigbee2mqtt/lamp", "", TopicKind.None)]
    [InlineData("", "", TopicKind.None)]
    public void A_topic_says_whose_it_is_and_what_travels_on_it(string topic, string edge, TopicKind kind)
    {
        var isOurs = Topics.TryParse(Encoding.UTF8.GetBytes(topic), out var foundEdge, out var foundKind);

        Assert.Equal(kind != TopicKind.None, isOurs);
        Assert.Equal((edge, kind), (Encoding.UTF8.GetString(foundEdge), foundKind));
    }
}
