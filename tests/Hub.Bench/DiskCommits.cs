using System.Diagnostics;
using Hub.Transport.Log;

namespace Hub.Bench;

/// <summary>What a commit costs on this disk without a hub: SQLite, WAL, synchronous=FULL, a small row each.</summary>
internal static class DiskCommits
{
    private const int WarmUp = 10;

    /// <summary>Milliseconds of so many commits, one after the other, in their order.</summary>
    public static List<double> Measure(string path, int count)
    {
        using var log = DurableLog.Open(path, new DurableLogOptions());
        var row = new byte[200];
        var times = new List<double>(count);
        for (var i = 0; i < count + WarmUp; i++)
        {
            var start = Stopwatch.GetTimestamp();
            log.Append(row);
            if (i >= WarmUp)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return times;
    }
}
