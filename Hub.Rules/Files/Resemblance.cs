namespace Hub.Rules.Files;

/// <summary>Which known word a mistyped one was meant to be.</summary>
public static class Resemblance
{
    /// <summary>Two slips of the finger; more is another word.</summary>
    public const int DistanceMax = 2;

    /// <summary>The nearest known word within two edits (one for words of three letters), or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var allowed = word.Length <= 3 ? 1 : DistanceMax;
        return known.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= allowed)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary><c>did you mean 'unit'?</c>, or empty.</summary>
    public static string DidYouMean(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } nearest ? $"did you mean '{nearest}'?" : "";

    /// <summary>
    /// Letters to add, remove, change or swap with their neighbour (optimal string alignment), case aside; anything
    /// beyond <see cref="DistanceMax"/> comes back as <see cref="int.MaxValue"/>.
    /// </summary>
    public static int Distance(string first, string second)
    {
        const int LengthMax = 128;
        if (Math.Abs(first.Length - second.Length) > DistanceMax || Math.Max(first.Length, second.Length) > LengthMax)
        {
            return int.MaxValue;
        }

        Span<int> before = stackalloc int[LengthMax + 1];
        Span<int> last = stackalloc int[LengthMax + 1];
        Span<int> row = stackalloc int[LengthMax + 1];
        for (var j = 0; j <= second.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= first.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var cost = Same(first[i - 1], second[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                var swapped = i > 1 && j > 1 && Same(first[i - 1], second[j - 2]) && Same(first[i - 2], second[j - 1]);
                row[j] = swapped ? Math.Min(row[j], before[j - 2] + 1) : row[j];
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return last[second.Length] <= DistanceMax ? last[second.Length] : int.MaxValue;
    }

    private static bool Same(char first, char second) => char.ToLowerInvariant(first) == char.ToLowerInvariant(second);
}
