using System.Text.RegularExpressions;
using Hub.Rules.Engine;
using Hub.Rules.Files;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Trials;

/// <summary>Reads the rows of one trial: a time, what happens, and what the rules must have said by then.</summary>
internal sealed partial class TrialRowReader(IReadOnlyList<string> ruleIds)
{
    private const string Row = "'TIME POINT VALUE', 'FROM..TO every SPAN POINT VALUE +STEP', 'TIME tick', "
        + "'TIME SPACE vacant', 'TIME SPACE window FROM TO', 'TIME edge offline', 'TIME POINT exchange OLD NEW', "
        + "each with what is expected after it";

    private const string Nothing = "nothing";
    private static readonly string[] Expectations = [Nothing, "raised", "noticed", "cleared", "withdrawn"];

    private readonly Dictionary<string, Point> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Space> _spaces = new(StringComparer.Ordinal);
    private DateTimeOffset _last = Trial.Day;

    public List<Entry.Changed> Site { get; } = [];

    public List<TrialStep> Steps { get; } = [];

    public List<TrialExpectation> Expected { get; } = [];

    public List<string> OnlyRules { get; } = [];

    /// <summary>Only these rules of the pack look on.</summary>
    public void Only(TrialLine line)
    {
        while (line.HasMore)
        {
            OnlyRules.Add(RuleOf("only", line));
        }
    }

    public void Add(Space space, TrialLine line)
    {
        if (!_spaces.TryAdd(space.Id, space))
        {
            line.Refuse("space", space.Id, "this trial has it already", "give one of the two another name");
            return;
        }

        Site.Add(new Entry.Changed(Trial.Day, new SiteChange.SpaceDefined(space)));
    }

    public void Add(string name, string space, Point point, TrialLine line)
    {
        if (!_spaces.ContainsKey(space))
        {
            line.Refuse(
                "point", name, $"this trial has no space '{space}'",
                Cure(space, _spaces.Keys, "write a line 'space' before it"));
        }
        else if (!_points.TryAdd(name, point with { Number = new PointNumber(_points.Count + 1) }))
        {
            line.Refuse("point", name, "this trial has it already", "give one of the two another name");
        }
        else
        {
            Site.Add(new Entry.Changed(Trial.Day, new SiteChange.PointCommissioned(_points[name])));
        }
    }

    public void Take(TrialLine line)
    {
        var written = line.Next();
        var range = written.Split("..");
        if (line.Time("time", range[0]) is not { } from)
        {
            return;
        }

        if (from < _last)
        {
            line.Refuse("time", written, $"the row before begins at {Trial.Say(_last)}", "put the rows in order");
            return;
        }

        _last = from;
        var until = range.Length == 2 ? Range(line, from, range[1]) : Moment(line, from);
        if (!line.IsFaulty)
        {
            Expect(line, until);
        }
    }

    private DateTimeOffset Moment(TrialLine line, DateTimeOffset at)
    {
        var subject = line.Next();
        if (subject is "tick")
        {
            Steps.Add(new TrialStep(at, null));
        }
        else if (subject == TrialReader.Edge)
        {
            Presence(line, at);
        }
        else if (_spaces.TryGetValue(subject, out var space))
        {
            Change(line, at, space);
        }
        else if (Find(line, subject) is { } point)
        {
            if (line.TryTake("exchange"))
            {
                Exchange(line, at, point);
            }
            else if (line.Value(Signal.Of(point.Signal), IsEnd) is { } value)
            {
                Read(at, point, value);
            }
        }

        return at;
    }

    private DateTimeOffset Range(TrialLine line, DateTimeOffset from, string written)
    {
        var to = line.Time("time", written);
        if (!line.TryTake("every"))
        {
            line.Refuse("time", line.Peek, "a range says how often", $"write it {Row.Split(", ")[1]}");
        }

        var every = line.IsFaulty ? null : line.Amount("every", "s", _points.ContainsKey);
        if (line.IsFaulty || Find(line, line.Next()) is not { } point)
        {
            return from;
        }

        var signal = Signal.Of(point.Signal);
        var value = line.Value(signal, word => IsEnd(word) || Step().IsMatch(word));
        var step = !line.IsFaulty && Step().IsMatch(line.Peek) ? line.Amount("step", signal.Unit, IsEnd) : 0;
        if (to < from || every < 1)
        {
            line.Refuse("time", written, "a range goes forward, by a second at least", "look at the days: 1d08:00");
        }
        else if ((to - from) / TimeSpan.FromSeconds(every!.Value) > TrialFile.ReadingsMax)
        {
            line.Refuse("time", written, $"that is more than {TrialFile.ReadingsMax} readings", "make it shorter");
        }

        if (!line.IsFaulty)
        {
            var count = 0;
            for (var at = from; at <= to; at += TimeSpan.FromSeconds(every!.Value))
            {
                Read(at, point, value!.Value + (step!.Value * count++));
            }
        }

        return to ?? from;
    }

    private void Read(DateTimeOffset at, Point point, double value)
    {
        // A meter shows whole pulses.
        value = point.Meter?.PulseWeight is { } pulse ? Math.Floor((value / pulse) + 1e-6) * pulse : value;
        var reading = new Reading(point.Number, at.UtcTicks, Math.Round(value, 6));
        Steps.Add(new TrialStep(at, new Entry.Readings(TrialReader.Edge, "", 0, at, new[] { reading })));
    }

    private void Presence(TrialLine line, DateTimeOffset at)
    {
        var word = line.Next();
        if (word is "offline" or "online")
        {
            Steps.Add(new TrialStep(at, new Entry.Presence(TrialReader.Edge, word == "online", at)));
            return;
        }

        line.Refuse("edge", word, "it is offline or online");
    }

    private void Change(TrialLine line, DateTimeOffset at, Space space)
    {
        switch (line.Next())
        {
            case "vacant":
                Change(at, new SiteChange.OccupancyChanged(space.Id, Occupancy.Custody, at));
                break;
            case "occupied":
                Change(at, new SiteChange.OccupancyChanged(space.Id, Occupancy.Occupied, at));
                break;
            case "window":
                var from = line.Time("window", line.Next());
                var to = line.Time("window", line.Next());
                if (from < to)
                {
                    Change(at, new SiteChange.WindowPlanned(
                        new PlannedWindow(space.Id, from.Value, to.Value, "inspection")));
                }
                else if (!line.IsFaulty)
                {
                    line.Refuse("window", "", "it must end after it begins", "write 'window 10:00 12:00'");
                }

                break;
            case var word:
                var points = _points.Keys.Where(name => name.StartsWith(space.Id, StringComparison.Ordinal));
                line.Refuse(
                    "space", word, "a space becomes vacant or occupied, or has a window",
                    $"to say a reading, name a point: {string.Join(", ", points)}");
                break;
        }
    }

    private void Exchange(TrialLine line, DateTimeOffset at, Point point)
    {
        var unit = Signal.Of(point.Signal).Unit;
        if (line.Amount("exchange", unit, word => word.Length > 0 && char.IsAsciiDigit(word[0])) is { } last
            && line.Amount("exchange", unit, IsEnd) is { } first)
        {
            Change(at, new SiteChange.MeterExchanged(point.Number, at, last, "new", first));
        }
    }

    private void Change(DateTimeOffset at, SiteChange change) =>
        Steps.Add(new TrialStep(at, new Entry.Changed(at, change)));

    private void Expect(TrialLine line, DateTimeOffset at)
    {
        if (!line.HasMore)
        {
            return;
        }

        var words = new List<string>();
        if (!line.TryTake(Nothing))
        {
            while (line.HasMore && !line.IsFaulty)
            {
                words.Add(Expectation(line));
            }
        }

        line.Done(Row);
        Expected.Add(new TrialExpectation(line.Number, at, words));
    }

    private string Expectation(TrialLine line)
    {
        var word = line.Next();
        if (word == Nothing || !Expectations.Contains(word))
        {
            line.Refuse(
                "expect", word, $"it must be one of {string.Join(", ", Expectations)}, or a row is {Row}",
                Resemblance.DidYouMean(word, Expectations));
            return "";
        }

        return $"{word} {RuleOf("expect", line)}";
    }

    private string RuleOf(string field, TrialLine line)
    {
        var rule = line.Next().TrimEnd(',');
        if (!ruleIds.Contains(rule))
        {
            line.Refuse(
                field, rule, "the pack has no such rule", Cure(rule, ruleIds, $"one of {string.Join(", ", ruleIds)}"));
        }

        return rule;
    }

    private Point? Find(TrialLine line, string name)
    {
        if (_points.TryGetValue(name, out var point))
        {
            return point;
        }

        string[] known = [.. _points.Keys, .. _spaces.Keys, "tick", TrialReader.Edge];
        line.Refuse(
            "point", name,
            $"this trial has {string.Join(", ", known)}", Cure(name, known, "declare it with a line 'point'"));
        return null;
    }

    private static string Cure(string word, IEnumerable<string> known, string otherwise) =>
        Resemblance.DidYouMean(word, known) is { Length: > 0 } meant ? meant : otherwise;

    private static bool IsEnd(string word) => Expectations.Contains(word);

    [GeneratedRegex(@"^[+-]\d")]
    private static partial Regex Step();
}
