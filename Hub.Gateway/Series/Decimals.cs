namespace Hub.Gateway.Series;

/// <summary>Times and values as whole numbers of a power of ten, where that gives them back exactly. Pure.</summary>
internal static class Decimals
{
    /// <summary>2^53: up to here every whole number is a double.</summary>
    private const double WholeMax = 9_007_199_254_740_992;

    private static readonly long[] Powers =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>One more than the greatest power of ten that is looked for.</summary>
    public static int PowersMax => Powers.Length;

    public static long Power(int power) => Powers[power];

    /// <summary>The greatest power of ten that divides every time: 7 where all of them are whole seconds.</summary>
    public static int OfTimes(ReadOnlySpan<Sample> samples)
    {
        var power = Powers.Length - 1;
        foreach (var sample in samples)
        {
            while (sample.AtTicks % Powers[power] != 0)
            {
                power--;
            }
        }

        return power;
    }

    /// <summary>
    /// The least power of ten that makes every value a whole number and gives it back exactly; null if none does.
    /// </summary>
    public static int? OfValues(ReadOnlySpan<double> values)
    {
        var power = 0;
        foreach (var value in values)
        {
            while (!IsExact(value, Powers[power]))
            {
                if (++power == Powers.Length)
                {
                    return null;
                }
            }
        }

        // An early value may have become too great for the power that a later one asked for.
        foreach (var value in values)
        {
            if (!IsExact(value, Powers[power]))
            {
                return null;
            }
        }

        return power;
    }

    public static long Whole(double value, int power) => (long)Math.Round(value * Powers[power]);

    public static double Value(long whole, int power) => whole / (double)Powers[power];

    /// <summary>To so many decimals, if it is a number at all and they can be told apart there.</summary>
    public static double Round(double value, int power) =>
        Math.Abs(value * Powers[power]) <= WholeMax ? Value(Whole(value, power), power) : value;

    /// <summary>
    /// The least power, from one on, whose decimals are within a billionth of a value; the last if none is.
    /// </summary>
    public static int Near(double value, int power)
    {
        var most = 1e-9 * Math.Max(1, Math.Abs(value));
        while (power < Powers.Length - 1 && Math.Abs(Round(value, power) - value) > most)
        {
            power++;
        }

        return power;
    }

    // A whole number up to 2^53 divided by a power of ten up to 10^22 is rounded correctly, so a decimal that was
    // parsed or divided once comes back as it was. Bits, not values, are compared: -0 is not 0.
    private static bool IsExact(double value, long scale)
    {
        var scaled = Math.Round(value * scale);
        return Math.Abs(scaled) <= WholeMax
            && BitConverter.DoubleToInt64Bits((long)scaled / (double)scale) == BitConverter.DoubleToInt64Bits(value);
    }
}
