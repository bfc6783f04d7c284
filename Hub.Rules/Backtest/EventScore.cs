namespace Hub.Rules.Backtest;

/// <summary>
/// A replay's alarms against a data set's labels, counted by event.
/// <code>
///   episode       ├──────────┤ + grace     the first alarm within finds it; further ones are no mistakes
///   ignore_…      ├──────────┤ + grace     alarms within don't count
///   benign_…      ├──────────┤ + grace     each alarm within is one mistake
///   elsewhere     alarms of one device and signal closer than merge to each other are one mistake
/// </code>
/// </summary>
/// <param name="Kinds">By kind, in order of their names.</param>
/// <param name="FalseAlarms">Mistakes outside every window.</param>
/// <param name="BenignAlarms">Mistakes within benign windows.</param>
public sealed record EventScore(IReadOnlyList<KindScore> Kinds, int FalseAlarms, int BenignAlarms)
{
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);
    public static readonly TimeSpan Merge = TimeSpan.FromHours(24);

    public int Found => Kinds.Sum(kind => kind.Found);

    public int Episodes => Kinds.Sum(kind => kind.Episodes);

    /// <summary>The share of episodes that were found; 0 where there were none.</summary>
    public double Recall => Episodes == 0 ? 0 : (double)Found / Episodes;

    /// <summary>Found episodes among these and all mistakes; 0 where there were neither.</summary>
    public double Precision => Found + FalseAlarms + BenignAlarms is > 0 and var all ? (double)Found / all : 0;

    public static EventScore Of(IReadOnlyCollection<ScoreLabel> labels, IEnumerable<ReplayAlarm> alarms)
    {
        var inOrder = alarms.OrderBy(alarm => alarm.Time).ToList();
        var used = new HashSet<ReplayAlarm>(ReferenceEqualityComparer.Instance);
        var kinds = from label in labels
                    where label is { IsBenign: false, IsIgnored: false }
                    group Find(label, inOrder, used) by label.Kind into kind
                    orderby kind.Key
                    select Score(kind.Key, [.. kind]);
        var score = kinds.ToList();
        var (mistakes, benign) = Mistakes(labels, inOrder.Where(alarm => !used.Contains(alarm)));
        return new EventScore(score, mistakes, benign);
    }

    private static TimeSpan? Find(ScoreLabel label, List<ReplayAlarm> alarms, HashSet<ReplayAlarm> used)
    {
        TimeSpan? first = null;
        foreach (var alarm in alarms.Where(alarm => label.Holds(alarm, Grace)))
        {
            first ??= alarm.Time - label.Start;
            used.Add(alarm);
        }

        return first;
    }

    private static KindScore Score(string kind, IReadOnlyList<TimeSpan?> delays)
    {
        var found = delays.OfType<TimeSpan>().Order().ToList();
        return new KindScore(kind, found.Count, delays.Count, found.Count == 0 ? null : found[found.Count / 2]);
    }

    private static (int FalseAlarms, int BenignAlarms) Mistakes(
        IReadOnlyCollection<ScoreLabel> labels, IEnumerable<ReplayAlarm> alarms)
    {
        var (mistakes, benign) = (0, 0);
        var last = new Dictionary<(string, string), DateTimeOffset>();
        foreach (var alarm in alarms)
        {
            var windows = labels.Where(label => label.Holds(alarm, Grace)).ToList();
            if (windows.Exists(label => label.IsIgnored))
            {
                continue;
            }

            if (windows.Count > 0)
            {
                benign++;
                continue;
            }

            var isNew = !last.TryGetValue((alarm.Device, alarm.Signal), out var before) || alarm.Time - before >= Merge;
            mistakes += isNew ? 1 : 0;
            last[(alarm.Device, alarm.Signal)] = alarm.Time;
        }

        return (mistakes, benign);
    }
}
