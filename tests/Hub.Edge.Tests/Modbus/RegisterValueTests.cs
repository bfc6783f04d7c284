using System.Buffers.Binary;
using Hub.Edge.Modbus;

namespace Hub.Edge.Tests.Modbus;

public class RegisterValueTests
{
    private static readonly RegisterType[] Wholes =
        [RegisterType.U16, RegisterType.S16, RegisterType.U32, RegisterType.S32, RegisterType.U64];

    [Fact]
    public void Every_number_comes_back_as_it_was_in_every_order()
    {
        var random = new Random(20260105);
        for (var i = 0; i < 5_000; i++)
        {
            var number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            foreach (var type in Wholes)
            {
                var bytes = new byte[8];
                BinaryPrimitives.WriteInt64BigEndian(bytes, number);
                double expected = type switch
                {
                    RegisterType.U16 => (ushort)number,
                    RegisterType.S16 => (short)number,
                    RegisterType.U32 => (uint)number,
                    RegisterType.S32 => (int)number,
                    _ => (ulong)number,
                };
                AssertReads(expected, bytes[^(2 * RegisterOptions.WordsOf(type))..], type);
            }

            var single = BitConverter.Int32BitsToSingle((int)number);
            var four = new byte[4];
            BinaryPrimitives.WriteSingleBigEndian(four, single);
            AssertReads(float.IsFinite(single) ? single : null, four, RegisterType.F32);
        }
    }

    [Theory]
    [InlineData(RegisterType.U16, "FFFF")]
    [InlineData(RegisterType.S16, "8000")]
    [InlineData(RegisterType.U32, "FFFFFFFF")]
    [InlineData(RegisterType.S32, "80000000")]
    [InlineData(RegisterType.U64, "FFFFFFFFFFFFFFFF")]
    public void What_stands_for_absent_is_no_number_unless_it_may_be_one(RegisterType type, string hex)
    {
        var register = Registers.Of(0, type);

        Assert.Null(RegisterValue.Read(Convert.FromHexString(hex), register));
        Assert.NotNull(RegisterValue.Read(Convert.FromHexString(hex), register with { CanBeAbsent = false }));
    }

    [Theory]
    [InlineData(RegisterType.F32, "7FC00000")]
    [InlineData(RegisterType.F32, "FF800000")]
    [InlineData(RegisterType.F64, "7FF8000000000000")]
    public void What_is_not_a_number_never_is_one(RegisterType type, string hex) => Assert.Null(
        RegisterValue.Read(Convert.FromHexString(hex), Registers.Of(0, type) with { CanBeAbsent = false }));

    private static void AssertReads(double? expected, byte[] big, RegisterType type)
    {
        byte[] little = [.. big.Reverse()];
        byte[] swapped = [.. big.Chunk(2).Reverse().SelectMany(word => word)];
        var register = Registers.Of(0, type) with { CanBeAbsent = false };
        Assert.Equal(expected, RegisterValue.Read(big, register));
        Assert.Equal(expected, RegisterValue.Read(little, register with { Order = WordOrder.Little }));
        Assert.Equal(expected, RegisterValue.Read(swapped, register with { Order = WordOrder.Swapped }));
    }
}
