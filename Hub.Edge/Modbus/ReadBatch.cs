namespace Hub.Edge.Modbus;

/// <summary>A question, and the values in its answer; all of one rhythm.</summary>
public sealed record ReadBatch(ReadRequest Request, IReadOnlyList<RegisterOptions> Registers)
{
    /// <summary>The most registers that one question may ask for (Modbus Application Protocol V1.1b3, 6.3).</summary>
    public const int WordsMax = 125;

    public TimeSpan Interval => Registers[0].Point.Interval;

    /// <summary>Neighbours together, as far as the protocol allows it. Pure.</summary>
    /// <param name="gapMax">Registers in between that are read along, and thrown away.</param>
    public static IReadOnlyList<ReadBatch> Of(IEnumerable<RegisterOptions> registers, int gapMax)
    {
        var batches = new List<ReadBatch>();
        foreach (var group in registers.GroupBy(one => (one.Unit, one.Table, one.Point.Interval)))
        {
            var batch = new List<RegisterOptions>();
            foreach (var register in group.OrderBy(one => one.Address))
            {
                if (batch.Count > 0
                    && (register.Address - batch[^1].End > gapMax || register.End - batch[0].Address > WordsMax))
                {
                    batches.Add(Of(batch));
                    batch = [];
                }

                batch.Add(register);
            }

            batches.Add(Of(batch));
        }

        return batches;
    }

    private static ReadBatch Of(List<RegisterOptions> registers)
    {
        var first = registers[0];
        return new ReadBatch(
            new ReadRequest(
                first.Unit, first.Table, (ushort)first.Address, (ushort)(registers[^1].End - first.Address)),
            registers);
    }
}
