namespace Hub.Gateway.Journal;

/// <summary>The flag byte before a reading's time and value.</summary>
internal static class ValueForms
{
    public const int QualityMask = 0b0000_0011;
    public const int PressIdBit = 0b0000_0100;
    public const int FormShift = 3;
    public const int FormMask = 0b0000_0011;

    private const double WholeMax = 1L << 27;

    public static ValueForm For(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        // Bits, not values: -0.0 equals 0 and NaN equals nothing, but both must come back as they were.
        if (Math.Abs(value) <= WholeMax && BitConverter.DoubleToInt64Bits((long)value) == bits)
        {
            return ValueForm.Whole;
        }

        return BitConverter.DoubleToInt64Bits((float)value) == bits ? ValueForm.Single : ValueForm.Double;
    }
}
