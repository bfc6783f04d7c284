namespace Hub.Gateway.Series;

/// <summary>
/// How likely the next bit is a 0, learnt from those before: the mean of one that learns in a dozen bits and one that
/// learns in a hundred. In parts of 2^16; neither share ever is nothing.
/// </summary>
internal struct BitModel
{
    private const int Half = 1 << 15;
    private const int Whole = 1 << 16;

    // As differences from one half, so that zeroed memory knows nothing yet.
    private short _fast;
    private short _slow;

    public readonly uint Share(uint range) => (range >> 16) * (uint)(Half + ((_fast + _slow) >> 1));

    public void Learn(int bit)
    {
        var (fast, slow) = (_fast + Half, _slow + Half);
        if (bit == 0)
        {
            fast += (Whole - fast) >> 4;
            slow += (Whole - slow) >> 7;
        }
        else
        {
            fast -= fast >> 4;
            slow -= slow >> 7;
        }

        (_fast, _slow) = ((short)(fast - Half), (short)(slow - Half));
    }
}
