namespace Hub.Edge.Pins;

/// <summary>Finds the events of one held line that never arrived.</summary>
public sealed class SequenceGaps
{
    private uint _last;

    /// <summary>Takes the next event; answers how many before it are missing.</summary>
    public uint Take(uint sequence)
    {
        // The kernel counts from 1, in 32 bits that wrap: unsigned subtraction stays right over the wrap.
        var missing = unchecked(sequence - _last - 1);
        _last = sequence;
        return missing > int.MaxValue ? 0 : missing; // Backwards: who counts afresh lost nothing that we know of.
    }
}
