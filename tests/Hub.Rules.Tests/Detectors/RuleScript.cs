using System.Globalization;
using System.Text;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Detectors;

/// <summary>
/// A rule and what happens, as a table that a caretaker can read; the result is every transition, one a line.
/// <code>
///   rule    W2 lasting=7200               the rule's id is its detector's code; parameters in canonical units
///   home    vacant                        the one space, or: occupied
///   point   water.volume every 60m        the one device is called "dev"; pulse 0.01, rollover 1000 as wanted
///   08:00   water.volume 10.000           one reading; 1d08:00 is the day after
///   08:00..20:00 every 60m water.volume 10.000 +0.005
///   20:01   late 11h device.backlog 9000  the reading of 09:01 that arrives now
///   09:00   vacant | occupied | window 10:00 11:00 | tick | offline | online | epoch e2 | exchange water.volume 12.5 0.0
///   09:00   lost contacts | lost meters   numbers that are missing before what comes next
/// </code>
/// The hub's clock ticks every five minutes on its own, and ten minutes on at the end.
/// </summary>
internal sealed class RuleScript
{
    private const string Device = "dev";
    private const string Home = "home";

    private static readonly DateTimeOffset Day = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    private readonly StringBuilder _result = new();
    private readonly Dictionary<string, Point> _points = [];
    private readonly List<Rule> _rules = [];
    private RulesEngine? _engine;
    private DateTimeOffset _clock;
    private string _epoch = "";

    public static string Run(string script)
    {
        var run = new RuleScript();
        foreach (var line in script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            run.Take(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        run.PassTo(run._clock + TimeSpan.FromMinutes(10));
        return run._result.ToString().TrimEnd();
    }

    public static void Check(string script, string expected) => Assert.Equal(
        string.Join('\n', expected.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        Run(script));

    private RulesEngine Engine => _engine ??= new RulesEngine(RuleSet.From(new RulePack("script", 1, _rules)));

    private void Take(string[] words)
    {
        switch (words[0])
        {
            case "rule":
                var set = words[2..].Select(word => word.Split('='))
                    .Select(pair => (pair[0], double.Parse(pair[1], CultureInfo.InvariantCulture)));
                _rules.Add(Rule.Of(words[1], words[1], null, [.. set]));
                break;
            case "anywhere":
                _rules[^1] = _rules[^1] with { Scope = RuleScope.Everywhere };
                break;
            case "home":
                var occupancy = words[1] == "vacant" ? Occupancy.Unlet : Occupancy.Occupied;
                Step(new Entry.Changed(Day, new SiteChange.SpaceDefined(new Space(
                    Home, SpaceKind.Unit, "3-1201", Occupancy: occupancy, VacantSince: Day.AddDays(-1)))));
                break;
            case "point":
                Commission(words);
                break;
            default:
                Happen(words);
                break;
        }
    }

    private void Commission(string[] words)
    {
        string? Word(string name) => Array.IndexOf(words, name) is >= 0 and var at ? words[at + 1] : null;
        double? Number(string name) => Word(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        var point = new Point(
            new PointNumber(_points.Count + 1), Device, Device, words[1], Home,
            new Meter(PulseWeight: Number("pulse"), RolloverAt: Number("rollover")),
            Word("every") is { } every ? Span(every) : null);
        _points.Add(words[1], point);
        Step(new Entry.Changed(Day, new SiteChange.PointCommissioned(point)));
    }

    private void Happen(string[] words)
    {
        if (words[0].Split("..") is [var from, var to])
        {
            var value = double.Parse(words[4], CultureInfo.InvariantCulture);
            for (var at = Time(from); at <= Time(to); at += Span(words[2]))
            {
                Read(at, words[3], value);
                value += double.Parse(words[5], CultureInfo.InvariantCulture);
            }

            return;
        }

        var now = Time(words[0]);
        PassTo(now);
        switch (words[1])
        {
            case "tick":
                break;
            case "vacant" or "occupied":
                Step(new Entry.Changed(now, new SiteChange.OccupancyChanged(
                    Home, words[1] == "vacant" ? Occupancy.Custody : Occupancy.Occupied, now)));
                break;
            case "window":
                Step(new Entry.Changed(now, new SiteChange.WindowPlanned(
                    new PlannedWindow(Home, Time(words[2]), Time(words[3]), "inspection"))));
                break;
            case "withdraw":
                Step(new Entry.Changed(now, new SiteChange.WindowWithdrawn(
                    new PlannedWindow(Home, Time(words[2]), Time(words[3]), "inspection"), now)));
                break;
            case "lost":
                Step(new Entry.Lost(Device, _epoch, 1, 1, words[2] == "contacts", now));
                break;
            case "offline" or "online":
                Step(new Entry.Presence(Device, words[1] == "online", now));
                break;
            case "exchange":
                Step(new Entry.Changed(now, new SiteChange.MeterExchanged(
                    _points[words[2]].Number, words.Length > 5 ? Time(words[5]) : now, double.Parse(words[3], CultureInfo.InvariantCulture), "new",
                    double.Parse(words[4], CultureInfo.InvariantCulture))));
                break;
            case "epoch":
                _epoch = words[2];
                break;
            case "late":
                Read(now - Span(words[2]), words[3], double.Parse(words[4], CultureInfo.InvariantCulture), null, now);
                break;
            default:
                Read(now, words[1], double.Parse(words[2], CultureInfo.InvariantCulture), words.ElementAtOrDefault(3));
                break;
        }
    }

    private void Read(DateTimeOffset at, string signal, double value, string? pressId = null, DateTimeOffset? arrived = null)
    {
        PassTo(arrived ?? at);
        // A meter shows whole pulses.
        value = _points[signal].Meter?.PulseWeight is { } pulse ? Math.Floor((value / pulse) + 1e-6) * pulse : value;
        var reading = new Reading(_points[signal].Number, at.UtcTicks, Math.Round(value, 6), PressId: pressId);
        Step(new Entry.Readings(Device, _epoch, 0, arrived ?? at, new[] { reading }));
    }

    private void PassTo(DateTimeOffset at)
    {
        _clock = _clock == default ? at : _clock;
        while (_clock + TimeSpan.FromMinutes(5) <= at)
        {
            _clock += TimeSpan.FromMinutes(5);
            Step(new Entry.Tick(_clock));
        }
    }

    private void Step(Entry entry)
    {
        foreach (var transition in Engine.Step(entry))
        {
            var days = (transition.At - Day).Days;
            var at = FormattableString.Invariant($"{(days > 0 ? $"{days}d" : "")}{transition.At:HH:mm}");
            var order = transition is AlarmTransition.Raised { Order: null } ? " notice" : "";
            var word = transition.GetType().Name.ToLowerInvariant();
            _result.Append(CultureInfo.InvariantCulture, $"{at} {word} {transition.RuleId}{order}\n");
        }
    }

    private static DateTimeOffset Time(string text)
    {
        var parts = text.Split('d');
        var clock = TimeSpan.Parse(parts[^1], CultureInfo.InvariantCulture);
        return Day.AddDays(parts.Length > 1 ? int.Parse(parts[0], CultureInfo.InvariantCulture) : 0) + clock;
    }

    private static TimeSpan Span(string text) => text[0] == '-' ? -Span(text[1..]) : text[^1] switch
    {
        's' => TimeSpan.FromSeconds(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
        'm' => TimeSpan.FromMinutes(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
        'h' => TimeSpan.FromHours(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"'{text}' is no span."),
    };
}
