using Hub.Rules.Files;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Trials;

/// <summary>Reads a trial file line by line: trials, their spaces and points, and hands the rows on.</summary>
internal sealed class TrialReader(FaultList faults, IReadOnlyList<string> ruleIds)
{
    /// <summary>All of a trial's devices are this edge's.</summary>
    public const string Edge = "edge";

    private const string Lines = "'trial', 'only', 'space', 'point', or a row that begins with a time";
    private static readonly string[] LineWords = ["trial", "only", "space", "point", "at"];
    private static readonly string[] PointWords = ["every", "pulse", "rollover", "rate"];

    private readonly List<Trial> _trials = [];
    private TrialRowReader? _rows;
    private string _name = "";
    private int _line;
    private int _readings;

    public void Take(TrialLine line)
    {
        if (line.IsEmpty)
        {
            return;
        }

        switch (line.Peek)
        {
            case "trial":
                End(line.Number);
                line.Next();
                (_name, _line) = (line.Rest, line.Number);
                _rows = new TrialRowReader(ruleIds);
                if (_name.Length == 0)
                {
                    line.Refuse("trial", "", "it needs a name", "say in a few words what happens");
                }

                break;
            case "at":
                // The heading of the table is for people.
                break;
            case var word when _rows is null:
                line.Refuse("the line", word, "a file begins with a trial", "write 'trial' and what happens before it");
                _rows = new TrialRowReader(ruleIds);
                break;
            case "only":
                line.Next();
                _rows!.Only(line);
                break;
            case "space":
                Space(line, _rows!);
                break;
            case "point":
                Point(line, _rows!);
                break;
            case var word when char.IsAsciiDigit(word[0]):
                _rows!.Take(line);
                break;
            case var word:
                line.Refuse("the line", word, $"it must be {Lines}", Resemblance.DidYouMean(word, LineWords));
                break;
        }
    }

    /// <summary>Ends the trial that is being read; all trials so far.</summary>
    public IReadOnlyList<Trial> End(int lineNumber)
    {
        if (_rows is { } rows && _name.Length > 0)
        {
            if (rows.Expected.Count == 0)
            {
                faults.Add(
                    _line, "trial", _name, "nothing is expected in it, so it can't fail",
                    "say at the end of a row what the rules must have said by then: 'raised RULE' or 'nothing'");
            }

            _readings += rows.Steps.Count;
            _trials.Add(new Trial(
                _name, _line, rows.Site, [.. rows.Steps.OrderBy(step => step.At)],
                [.. rows.Expected.OrderBy(expected => expected.At)])
            {
                Only = rows.OnlyRules,
            });
        }

        if (_readings > TrialFile.ReadingsMax || _trials.Count > TrialFile.TrialsMax)
        {
            faults.Add(
                lineNumber, "", "",
                $"a file has at most {TrialFile.TrialsMax} trials and {TrialFile.ReadingsMax} readings", "split it");
        }

        (_rows, _name) = (null, "");
        return _trials;
    }

    private static void Space(TrialLine line, TrialRowReader rows)
    {
        line.Next();
        var id = line.Next();
        var kind = line.Next();
        if (id.Length == 0 || id.Contains('/') || !SiteWords.Kinds.TryGetValue(kind, out var known))
        {
            line.Refuse(
                "space", $"{id} {kind}".Trim(), "it is written 'space NAME unit', with unit, lobby or facility",
                Resemblance.DidYouMean(kind, SiteWords.Kinds.Keys));
            return;
        }

        var isVacant = line.TryTake("vacant");
        _ = !isVacant && line.TryTake("occupied");
        DateTimeOffset? since = isVacant ? Trial.Day.AddDays(-1) : null;
        if (isVacant && line.TryTake("since") && (since = InstantText.Parse(line.Next(), TimeZoneInfo.Utc)) is null)
        {
            line.Refuse("since", "", "it must be a day such as 2026-04-30");
        }

        line.Done("'space NAME unit vacant since 2026-04-30'");
        if (isVacant && known != SpaceKind.Unit)
        {
            line.Refuse("space", id, "only a unit can be vacant");
        }

        rows.Add(new Space(
            id, known, id, Occupancy: isVacant ? Occupancy.Custody : Occupancy.Occupied, VacantSince: since), line);
    }

    private static void Point(TrialLine line, TrialRowReader rows)
    {
        line.Next();
        var name = line.Next();
        var signal = line.Next();
        if (name.Split('/') is not [var space, { Length: > 0 } device])
        {
            line.Refuse("point", name, "it is written SPACE/NAME, such as 3-1201/water");
            return;
        }

        var names = Signal.All.Select(known => known.Name).ToList();
        if (!names.Contains(signal))
        {
            line.Refuse("point", signal, "there is no such signal", Resemblance.DidYouMean(signal, names));
            return;
        }

        var unit = Signal.Of(signal).Unit;
        TimeSpan? every = null;
        var meter = new Meter();
        while (line.HasMore && !line.IsFaulty)
        {
            var word = line.Next();
            switch (word)
            {
                case "every":
                    every = line.Amount(word, "s", PointWords.Contains) is > 0 and var seconds
                        ? TimeSpan.FromSeconds(seconds)
                        : null;
                    break;
                case "pulse":
                    meter = meter with { PulseWeight = line.Amount(word, unit, PointWords.Contains) };
                    break;
                case "rollover":
                    meter = meter with { RolloverAt = line.Amount(word, unit, PointWords.Contains) };
                    break;
                case "rate":
                    var per = unit == "m3" ? "l/h" : unit == "kWh" ? "W" : "";
                    var rate = line.Amount(word, per, PointWords.Contains);
                    meter = meter with { RateMax = per.Length == 0 ? rate : rate / 1000 };
                    break;
                default:
                    line.Refuse(
                        "point", word, $"it may be followed by {string.Join(", ", PointWords)}",
                        Resemblance.DidYouMean(word, PointWords));
                    break;
            }
        }

        rows.Add(name, space, new Point(
            default, Edge, $"{space}-{device}", signal, space, meter == new Meter() ? null : meter, every), line);
    }
}
