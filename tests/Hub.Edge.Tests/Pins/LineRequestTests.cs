using System.Buffers.Binary;
using System.Text;
using Hub.Edge.Pins;

namespace Hub.Edge.Tests.Pins;

/// <summary>Golden bytes: the offsets are those of struct gpio_v2_line_request in linux/gpio.h.</summary>
public class LineRequestTests
{
    private static readonly LineSettings Plain = new(LineBias.AsIs, false, TimeSpan.Zero);

    [Fact]
    public void A_pulled_up_active_low_input_is_watched_for_both_edges()
    {
        var request = LineRequest.Of(17, Plain with { Bias = LineBias.PullUp, ActiveLow = true }, "hub");

        Assert.Equal(592, request.Length);
        Assert.Equal(17u, U32(request, 0));
        Assert.Equal("hub\0", Encoding.ASCII.GetString(request, 256, 4));
        Assert.Equal(0x2UL | 0x4 | 0x10 | 0x20 | 0x100, U64(request, 288));
        Assert.Equal(0u, U32(request, 296));
        Assert.Equal(1u, U32(request, 560));
        Assert.Equal(512u, U32(request, 564));
        Assert.All(request[300..560], static b => Assert.Equal(0, b));
    }

    [Fact]
    public void A_debounce_is_an_attribute_in_microseconds()
    {
        var request = LineRequest.Of(
            4, Plain with { Bias = LineBias.PullDown, Debounce = TimeSpan.FromMilliseconds(50) }, "hub");

        Assert.Equal(0x4UL | 0x10 | 0x20 | 0x200, U64(request, 288));
        Assert.Equal(1u, U32(request, 296));
        Assert.Equal((3u, 50_000UL, 1UL), (U32(request, 320), U64(request, 328), U64(request, 336)));
        Assert.All(request[344..560], static b => Assert.Equal(0, b));
    }

    [Fact]
    public void An_output_asks_for_no_edges()
    {
        Assert.Equal(0x8UL, U64(LineRequest.Of(5, LineSettings.Output(activeLow: false), "hub"), 288));
        Assert.Equal(0x8UL | 0x2, U64(LineRequest.Of(5, LineSettings.Output(activeLow: true), "hub"), 288));
    }

    [Fact]
    public void The_settings_alone_are_the_requests_own_272_bytes()
    {
        var settings = Plain with { Bias = LineBias.Disabled, Debounce = TimeSpan.FromMilliseconds(5) };

        Assert.Equal(LineRequest.Of(1, settings, "hub")[288..560], LineRequest.Config(settings));
    }

    [Fact]
    public void A_long_consumer_is_cut_at_a_whole_letter_and_stays_terminated()
    {
        var request = LineRequest.Of(1, Plain, new string('a', 30) + "管");

        Assert.Equal(new string('a', 30) + "\0\0", Encoding.UTF8.GetString(request, 256, 32));
    }

    [Fact]
    public void The_descriptor_is_read_from_the_last_word()
    {
        var request = new byte[LineRequest.Size];
        request[588] = 42;

        Assert.Equal(42, LineRequest.Descriptor(request));
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static ulong U64(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}
