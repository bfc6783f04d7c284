using Hub.Edge.Pins;

namespace Hub.Edge.Tests.Pins;

public class LineEventsTests
{
    /// <summary>A rising edge on line 17 at 0x0102030405060708 ns: number 9 of the request, 3 of the line.</summary>
    private const string Rising =
        "0807060504030201" + "01000000" + "11000000" + "09000000" + "03000000"
        + "000000000000000000000000000000000000000000000000";

    [Fact]
    public void Golden_bytes_are_one_event()
    {
        Assert.True(LineEvents.TryRead(Convert.FromHexString(Rising), out var lineEvent));

        Assert.Equal(new LineEvent(true, 0x0102030405060708, 3), lineEvent);
    }

    [Fact]
    public void Id_2_is_a_falling_edge()
    {
        var bytes = Convert.FromHexString(Rising);
        bytes[8] = 2;

        Assert.True(LineEvents.TryRead(bytes, out var lineEvent));
        Assert.False(lineEvent.IsActive);
    }

    [Fact]
    public void Every_truncation_and_every_unknown_id_is_no_event()
    {
        var bytes = Convert.FromHexString(Rising);

        for (var length = 0; length < LineEvents.Size; length++)
        {
            Assert.False(LineEvents.TryRead(bytes.AsSpan(0, length), out _));
        }

        bytes[8] = 3;
        Assert.False(LineEvents.TryRead(bytes, out _));
    }
}
