using System.Buffers;
using System.Net;
using Hub.Gateway.Ports;

namespace Hub.Gateway.Tests.Ports;

public class ProxyHeaderTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";

    /// <summary>192.0.2.7:43690 to 203.0.113.9:8883; the same with a TLV; [2001:db8::7]:1 to [2001:db8::9]:2.</summary>
    [Theory]
    [InlineData("2111000C" + "C0000207" + "CB007109" + "AAAA" + "22B3", "192.0.2.7:43690", false)]
    [InlineData("21110011" + "C0000207" + "CB007109" + "AAAA" + "22B3" + "0400020000", "192.0.2.7:43690", false)]
    [InlineData(
        "21210024" + "20010DB8000000000000000000000007" + "20010DB8000000000000000000000009" + "0001" + "0002",
        "[2001:db8::7]:1", false)]
    [InlineData("20000000", null, true)]
    [InlineData("2011000C" + "C0000207" + "CB007109" + "AAAA" + "22B3", null, true)]
    [InlineData("21000000", null, false)]
    public void Reads_who_the_client_is_and_nothing_behind_it(string hex, string? source, bool isLocal)
    {
        var bytes = Convert.FromHexString(Signature + hex + "10AB");
        var input = new ReadOnlySequence<byte>(bytes);

        Assert.True(ProxyHeader.TryRead(ref input, out var header));

        Assert.Equal(new ProxyHeader(source is null ? null : IPEndPoint.Parse(source), isLocal), header);
        Assert.Equal([0x10, 0xAB], input.ToArray());
    }

    [Fact]
    public void Waits_for_the_rest_of_a_header_wherever_it_is_cut()
    {
        var bytes = Convert.FromHexString(Signature + "2111000CC0000207CB007109AAAA22B3");
        for (var length = 0; length < bytes.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(bytes.AsMemory(0, length));
            Assert.False(ProxyHeader.TryRead(ref input, out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Theory]
    [InlineData("10")] // A CONNECT without a header.
    [InlineData("50524F58592054435034")] // Version 1: "PROXY TCP4".
    [InlineData(Signature + "11110000")] // Not version 2.
    [InlineData(Signature + "22110000")] // An unknown command.
    [InlineData(Signature + "21111001")] // Longer than anybody needs.
    [InlineData(Signature + "2111FFFF")]
    [InlineData(Signature + "2111000BC0000207CB007109AAAA22")] // Shorter than its addresses.
    [InlineData(Signature + "2121000CC0000207CB007109AAAA22B3")]
    public void Refuses_what_is_no_header_at_once(string hex)
    {
        var bytes = Convert.FromHexString(hex);

        Assert.Throws<InvalidDataException>(() =>
        {
            var input = new ReadOnlySequence<byte>(bytes);
            ProxyHeader.TryRead(ref input, out _);
        });
    }

    [Fact]
    public void Hostile_bytes_are_refused_or_waited_for_and_nothing_else()
    {
        var random = new Random(7);
        var good = Convert.FromHexString(Signature + "2111000CC0000207CB007109AAAA22B3");
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var input = new ReadOnlySequence<byte>(bytes.AsMemory(0, random.Next(bytes.Length + 1)));
            try
            {
                ProxyHeader.TryRead(ref input, out _);
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }
    }
}
