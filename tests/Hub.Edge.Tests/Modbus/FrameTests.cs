using System.Buffers.Binary;
using Hub.Edge.Modbus;

namespace Hub.Edge.Tests.Modbus;

public class FrameTests
{
    private static readonly ReadRequest Question = new(17, RegisterTable.Holding, 107, 3);

    [Fact]
    public void The_questions_are_those_of_the_specifications_examples()
    {
        // Modbus Application Protocol V1.1b3, 6.3: read registers 108 to 110.
        Assert.Equal("1103006B00037687", Convert.ToHexString(RtuFrame.Of(Question)));
        Assert.Equal("15010000000611" + "03006B0003", Convert.ToHexString(TcpFrame.Of(Question, 0x1501)));
    }

    [Fact]
    public void The_answer_of_the_specifications_example_gives_its_registers()
    {
        var answer = RtuFrame.Judge(Question, Rtu("110306022B00000064"));

        Assert.Null(answer.Fault);
        Assert.Equal("022B00000064", Convert.ToHexString(answer.Data.Span));
    }

    [Theory]
    [InlineData("118301", false, "no function 3")]
    [InlineData("118302", false, "no registers 107 to 109")]
    [InlineData("118303", false, "3 registers at a time")]
    [InlineData("118304", false, "failed")]
    [InlineData("118305", true, "more time")]
    [InlineData("118306", true, "busy")]
    [InlineData("11830B", true, "no answer from it")]
    [InlineData("1183C8", false, "exception 200")]
    [InlineData("118401", true, "another question")]
    [InlineData("110302022B", true, "another question")]
    [InlineData("120306022B00000064", true, "Unit 18")]
    public void What_is_no_answer_is_told_in_words(string frame, bool isPassing, string words)
    {
        var answer = RtuFrame.Judge(Question, Rtu(frame));

        Assert.Contains(words, answer.Fault, StringComparison.Ordinal);
        Assert.Equal((isPassing, 0), (answer.IsPassing, answer.Data.Length));
    }

    [Fact]
    public void One_wrong_bit_anywhere_is_found_by_the_checksum()
    {
        var frame = Rtu("110306022B00000064").ToArray();
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Contains("checksum", RtuFrame.Judge(Question, frame).Fault, StringComparison.Ordinal);
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("1103", null)]
    [InlineData("110306", 11)]
    [InlineData("118302", 5)]
    [InlineData("1103FF", 260)]
    public void How_long_an_answer_is_stands_in_its_beginning(string begin, int? length) =>
        Assert.Equal(length, RtuFrame.LengthOf(Convert.FromHexString(begin)));

    [Theory]
    [InlineData("150100000009", 9)]
    [InlineData("150200000009", null)]
    [InlineData("150100010009", null)]
    [InlineData("150100000002", null)]
    [InlineData("1501000000FF", null)]
    public void A_head_is_taken_only_with_its_transaction_and_a_possible_length(string head, int? length) =>
        Assert.Equal(length, TcpFrame.LengthAfter(Convert.FromHexString(head), 0x1501));

    [Fact]
    public void Whatever_comes_is_an_answer_to_the_question_or_a_fault_and_never_an_exception()
    {
        var random = new Random(20260105);
        for (var i = 0; i < 20_000; i++)
        {
            var request = new ReadRequest(
                (byte)random.Next(1, 248), (RegisterTable)random.Next(3, 5), (ushort)random.Next(),
                (ushort)random.Next(1, 126));
            var body = Drawn(random, request);
            foreach (var answer in new[] { RtuFrame.Judge(request, Closed(body)), TcpFrame.Judge(request, body) })
            {
                Assert.Equal(answer.Fault is null ? request.Count * 2 : 0, answer.Data.Length);
            }

            Assert.NotNull(RtuFrame.Judge(request, body).Fault);
            _ = RtuFrame.LengthOf(body);
        }
    }

    private static ReadOnlyMemory<byte> Rtu(string hex) => Closed(Convert.FromHexString(hex));

    private static byte[] Closed(byte[] body)
    {
        var crc = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(crc, RtuFrame.Crc(body));
        return [.. body, .. crc];
    }

    /// <summary>A right answer, or one that is wrong in one place, or noise.</summary>
    private static byte[] Drawn(Random random, ReadRequest request)
    {
        var noise = new byte[request.Count * 2];
        random.NextBytes(noise);
        byte[] right = [request.Unit, (byte)request.Table, (byte)noise.Length, .. noise];
        switch (random.Next(4))
        {
            case 0:
                return right;
            case 1:
                right[random.Next(3)] ^= (byte)random.Next(1, 256);
                return right;
            case 2:
                return right[..random.Next(3, right.Length)];
            default:
                return noise.Length < 3 ? right[..3] : noise;
        }
    }
}
