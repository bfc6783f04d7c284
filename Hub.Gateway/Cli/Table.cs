namespace Hub.Gateway.Cli;

/// <summary>Rows in columns as wide as their widest word, for people; the last column is as long as it is.</summary>
internal static class Table
{
    public static IEnumerable<string> Of(params IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            yield break;
        }

        var widths = Enumerable.Range(0, all[0].Length).Select(i => all.Max(row => row[i].Length)).ToList();
        foreach (var row in all)
        {
            yield return string.Join("  ", row.Select((word, i) => word.PadRight(widths[i]))).TrimEnd();
        }
    }
}
