using Hub.Edge.Modbus;

namespace Hub.Edge.Tests.Modbus;

public class ReadBatchTests
{
    [Fact]
    public void Neighbours_are_read_together_and_others_are_not()
    {
        var registers = new[]
        {
            Registers.Of(10, RegisterType.F32), Registers.Of(0), Registers.Of(1, RegisterType.U32), Registers.Of(5),
            Registers.Of(3, unit: 2), Registers.Of(3) with { Table = RegisterTable.Input },
        };

        Assert.Equal(["1 Holding 0+3", "1 Holding 10+2", "1 Holding 5+1", "1 Input 3+1", "2 Holding 3+1"],
            Told(registers, gapMax: 0));
        Assert.Equal(["1 Holding 0+6", "1 Holding 10+2", "1 Input 3+1", "2 Holding 3+1"], Told(registers, gapMax: 2));
        Assert.Equal(["1 Holding 0+12", "1 Input 3+1", "2 Holding 3+1"], Told(registers, gapMax: 4));
    }

    [Fact]
    public void Whatever_the_map_each_register_is_read_once_whole_and_no_question_is_too_long()
    {
        var random = new Random(20260105);
        for (var i = 0; i < 300; i++)
        {
            var address = 0;
            var map = Enumerable.Range(0, random.Next(1, 200)).Select(_ =>
            {
                var register = Registers.Of(
                    address + random.Next(4), (RegisterType)random.Next(7), unit: (byte)random.Next(1, 3));
                address = register.End;
                return register;
            }).ToArray();
            var gapMax = random.Next(5);

            var batches = ReadBatch.Of(map, gapMax);

            Assert.Equal(map.OrderBy(one => one.Address),
                batches.SelectMany(batch => batch.Registers).OrderBy(one => one.Address));
            Assert.All(batches, batch =>
            {
                var (first, end) = (batch.Request.Address, batch.Request.Address + batch.Request.Count);
                Assert.InRange(batch.Request.Count, 1, 125);
                Assert.All(batch.Registers, one => Assert.True(
                    one.Unit == batch.Request.Unit && one.Address >= first && one.End <= end));
                Assert.All(batch.Registers.Zip(batch.Registers.Skip(1)),
                    pair => Assert.InRange(pair.Second.Address - pair.First.End, 0, gapMax));
            });
        }
    }

    private static IEnumerable<string> Told(RegisterOptions[] registers, int gapMax) =>
        ReadBatch.Of(registers, gapMax).Select(batch =>
            $"{batch.Request.Unit} {batch.Request.Table} {batch.Request.Address}+{batch.Request.Count}").Order(
            StringComparer.Ordinal);
}
