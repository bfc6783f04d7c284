using System.Globalization;

namespace Hub.Rules.Backtest;

/// <summary>
/// What a data set says was wrong, or may not alarm, from one instant to another: a row
/// <c>device,signal,start,end,kind,…</c> of its labels.
/// </summary>
/// <param name="Device">As in the data.</param>
/// <param name="Signal">As in the data; <c>*</c> or empty for the whole device.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it was over.</param>
/// <param name="Kind">What it was; <c>benign_…</c> must not alarm, <c>ignore_…</c> may.</param>
public sealed record ScoreLabel(string Device, string Signal, DateTimeOffset Start, DateTimeOffset End, string Kind)
{
    public bool IsBenign => Kind.StartsWith("benign_", StringComparison.Ordinal);

    public bool IsIgnored => Kind.StartsWith("ignore_", StringComparison.Ordinal);

    /// <summary>Whether an alarm falls in it, or within the grace after it.</summary>
    public bool Holds(ReplayAlarm alarm, TimeSpan grace) =>
        Device == alarm.Device && (IsAny(Signal) || IsAny(alarm.Signal) || Signal == alarm.Signal)
        && alarm.Time >= Start && alarm.Time <= End + grace;

    /// <summary>The labels of a file, its first line left out.</summary>
    public static IReadOnlyList<ScoreLabel> Read(TextReader rows)
    {
        var labels = new List<ScoreLabel>();
        rows.ReadLine();
        while (rows.ReadLine() is { Length: > 0 } line)
        {
            var fields = line.Split(',');
            labels.Add(new ScoreLabel(fields[0], fields[1], Time(fields[2]), Time(fields[3]), fields[4]));
        }

        return labels;
    }

    private static bool IsAny(string signal) => signal is "" or "*";

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
