namespace Hub.Edge.Pins;

/// <summary>Counts the events that never arrived, line by line.</summary>
public sealed class SequenceGaps
{
    private readonly Dictionary<int, uint> _last = [];

    public long Lost { get; private set; }

    /// <summary>Takes the next event of a line; answers how many before it are missing.</summary>
    public uint Take(int line, uint lineSequence)
    {
        // The kernel counts from 1, in 32 bits that wrap: unsigned subtraction stays right over the wrap.
        var expected = unchecked(_last.GetValueOrDefault(line) + 1);
        _last[line] = lineSequence;
        var missing = unchecked(lineSequence - expected);
        if (missing > int.MaxValue)
        {
            return 0; // Backwards: a chip that started counting afresh lost nothing that we know of.
        }

        Lost += missing;
        return missing;
    }
}
