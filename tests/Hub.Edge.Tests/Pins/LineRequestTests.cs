using System.Buffers.Binary;
using System.Text;
using Hub.Edge.Pins;

namespace Hub.Edge.Tests.Pins;

/// <summary>Golden bytes: the offsets are those of struct gpio_v2_line_request in linux/gpio.h.</summary>
public class LineRequestTests
{
    private static readonly TimeSpan Ms5 = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Ms50 = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void One_pulled_up_active_low_input_has_its_flags_in_the_request_itself()
    {
        var request = LineRequest.ForInputs([new InputLine(17, LineBias.PullUp, true, TimeSpan.Zero)], "hub", 1024);

        Assert.Equal(592, request.Length);
        Assert.Equal(17u, U32(request, 0));
        Assert.Equal("hub\0", Encoding.ASCII.GetString(request, 256, 4));
        Assert.Equal(0x2UL | 0x4 | 0x10 | 0x20 | 0x100, U64(request, 288));
        Assert.Equal(0u, U32(request, 296));
        Assert.Equal(1u, U32(request, 560));
        Assert.Equal(1024u, U32(request, 564));
        Assert.All(request[320..560], static b => Assert.Equal(0, b));
    }

    [Fact]
    public void Lines_that_differ_get_attributes_with_a_bit_for_their_place()
    {
        var request = LineRequest.ForInputs(
            [
                new InputLine(4, LineBias.PullUp, true, Ms5),
                new InputLine(27, LineBias.PullUp, true, Ms5),
                new InputLine(22, LineBias.PullDown, false, Ms50),
            ], "hub", 64);

        Assert.Equal([4u, 27u, 22u], new[] { U32(request, 0), U32(request, 4), U32(request, 8) });
        Assert.Equal(0x2UL | 0x4 | 0x10 | 0x20 | 0x100, U64(request, 288));
        Assert.Equal(3u, U32(request, 296));
        AssertAttribute(request, 0, id: 1, value: 0x4 | 0x10 | 0x20 | 0x200, mask: 0b100);
        AssertAttribute(request, 1, id: 3, value: 5_000, mask: 0b011);
        AssertAttribute(request, 2, id: 3, value: 50_000, mask: 0b100);
        Assert.Equal(3u, U32(request, 560));
    }

    [Fact]
    public void Outputs_ask_for_no_edges()
    {
        var request = LineRequest.ForOutputs([new OutputLine(5, false), new OutputLine(6, true)], "hub");

        Assert.Equal(0x8UL, U64(request, 288));
        AssertAttribute(request, 0, id: 1, value: 0x8 | 0x2, mask: 0b10);
        Assert.Equal(0u, U32(request, 564));
    }

    [Fact]
    public void A_long_consumer_is_cut_at_a_whole_letter_and_stays_terminated()
    {
        var request = LineRequest.ForInputs(
            [new InputLine(1, LineBias.AsIs, false, TimeSpan.Zero)], new string('a', 30) + "管", 64);

        Assert.Equal(new string('a', 30) + "\0\0", Encoding.UTF8.GetString(request, 256, 32));
    }

    [Fact]
    public void More_lines_or_more_differing_settings_than_the_kernel_takes_are_refused_with_the_cure()
    {
        var many = Enumerable.Range(0, 65).Select(line =>
            new InputLine(line, LineBias.AsIs, false, TimeSpan.Zero)).ToArray();
        var differing = Enumerable.Range(0, 12)
            .Select(line => new InputLine(line, LineBias.AsIs, false, TimeSpan.FromMilliseconds(1 + line))).ToArray();

        Assert.Contains("64", Assert.Throws<GpioException>(() => LineRequest.ForInputs(many, "hub", 64)).Message,
            StringComparison.Ordinal);
        Assert.Contains("same settings",
            Assert.Throws<GpioException>(() => LineRequest.ForInputs(differing, "hub", 64)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_descriptor_is_read_from_the_last_word()
    {
        var request = new byte[LineRequest.Size];
        request[588] = 42;

        Assert.Equal(42, LineRequest.Descriptor(request));
    }

    private static void AssertAttribute(byte[] request, int index, uint id, ulong value, ulong mask)
    {
        var at = 320 + index * 24;
        Assert.Equal((id, value, mask), (U32(request, at), U64(request, at + 8), U64(request, at + 16)));
    }

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static ulong U64(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}
