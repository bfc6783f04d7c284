using Hub.Gateway.Adapters;
using Hub.Gateway.Adapters.Sparkplug;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>A Sparkplug node's life: aliases from its birth, gaps, a rebirth, and whose death it is.</summary>
public class SparkplugAdapterTests
{
    private readonly SparkplugAdapter _adapter = new("spBv1.0");
    private DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Data_has_the_names_of_its_birth()
    {
        Decode("sparkplugb-nbirth-v1");

        Assert.Equal(
            ["group/edge1 climate.temperature = 22.5 Cel @ 2025-06-25T12:47:23.474Z"], Decode("sparkplugb-ndata-v1"));
    }

    [Fact]
    public void A_gap_keeps_the_values_and_asks_for_a_rebirth_not_too_often()
    {
        Decode("sparkplugb-nbirth-v1");
        Decode("sparkplugb-ndata-v1");

        // The same sequence number again is not the next one.
        Assert.Equal("asks spBv1.0/group/NCMD/edge1", Decode("sparkplugb-ndata-v1")[^1]);
        Assert.Single(Decode("sparkplugb-ndata-v1"));
        _now += TimeSpan.FromMinutes(1);
        Assert.Equal(2, Decode("sparkplugb-ndata-v1").Count);
    }

    [Fact]
    public void A_death_of_an_earlier_life_is_not_this_one_s()
    {
        Assert.Equal(["group/edge1 device.online = 0"], Decode("sparkplugb-ndeath-v1"));
        Decode("sparkplugb-nbirth-v1");

        Assert.Empty(Decode("sparkplugb-ndeath-v1"));
    }

    [Fact]
    public void The_rebirth_command_is_a_payload_that_can_be_read()
    {
        var payload = SparkplugPayload.Read(SparkplugPayload.Rebirth(_now), 10, out _)!;

        Assert.Equal((ulong)_now.ToUnixTimeMilliseconds(), payload.At);
        var metric = Assert.Single(payload.Metrics);
        Assert.Equal(("Node Control/Rebirth", 11u, 1.0), (metric.Name, metric.DataType, metric.Value));
    }

    [Fact]
    public void Signed_values_keep_their_sign_and_what_is_cut_off_is_no_payload()
    {
        // A metric "a" of type Int8 (1) with int_value -1 as its two's complement.
        var bytes = Convert.FromHexString("120B" + "0A0161" + "2001" + "50FFFFFFFF0F");

        Assert.Equal(-1, SparkplugPayload.Read(bytes, 10, out _)!.Metrics[0].Value);
        Assert.Null(SparkplugPayload.Read(bytes.AsSpan(0, 8), 10, out _));
        Assert.Null(SparkplugPayload.Read([.. bytes, .. bytes], 1, out var wrong));
        Assert.Contains("more than 1 metrics", wrong, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Decode(string sample)
    {
        var message = SampleFile.Read(sample).Messages[0];
        var decoded = new Decoded(new AdapterOptions());
        _adapter.Decode(new AdapterMessage(message.Topic, message.Bytes, _now), decoded);
        return DecodedLines.Of(decoded);
    }
}
