using Hub.Rules.Alarms;
using Hub.Rules.Files;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>One reading of a pack's file: what is written, checked against the detectors' catalogue.</summary>
internal sealed class RulePackReader(FaultList faults, PackSurroundings? around)
{
    public const int RulesMax = 500;
    public const int ScopeEntriesMax = 2_000;

    public static readonly TimeSpan OnDelayMax = TimeSpan.FromDays(7);
    public static readonly TimeSpan OffDelayMax = TimeSpan.FromDays(31);

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly RuleFit? _fit = around is null ? null : new RuleFit(around);

    public Checked<RulePack> Read(Written root)
    {
        var file = new MapReader(root, "", faults);
        var id = file.Id("id", required: true);
        if (id is not null && around?.PackIds.GetValueOrDefault(id) is { } twin)
        {
            file.Refuse("id", $"a pack's id is unique, and {twin} has this one", "give one of the two another id");
        }

        var version = file.Whole("version", 1, int.MaxValue, required: true);
        _ = file.Text("about");
        var maps = file.Maps("rules", RulesMax).ToList();
        var rules = maps.Select(ReadRule).OfType<Rule>().ToList();
        if (maps.Count == 0)
        {
            file.Refuse("rules", "a pack has at least one rule");
        }

        file.Done();
        return faults.Check(() => new RulePack(id!, version!.Value, rules));
    }

    private Rule? ReadRule(MapReader map)
    {
        var id = map.Id("id", required: true);
        if (id is not null && !_ids.TryAdd(id, map.LineOf("id")))
        {
            var line = _ids[id];
            map.Refuse("id", $"a rule's id is unique, and line {line} has this one", "give one of the two another id");
        }

        var spec = ReadDetector(map);
        var scope = map.Map("scope");
        var parameters = map.Map("parameters");
        var onDelay = map.Span("onDelay", TimeSpan.Zero, OnDelayMax) ?? spec?.OnDelay;
        var offDelay = map.Span("offDelay", TimeSpan.Zero, OffDelayMax) ?? spec?.OffDelay;
        var why = map.Text("why", required: true);
        var order = ReadOrder(map, spec?.Order);
        var says = spec is null ? null : SentenceReader.Read(map.Map("says"), spec.Code);
        map.Done();

        // Without a detector nobody knows which settings there are, and guesses would only bury the one real fault.
        if (spec is null || id is null)
        {
            return null;
        }

        var read = ReadScope(scope, spec);
        var before = faults.Count;
        var values = ReadParameters(parameters, spec, read);
        if (onDelay is null || offDelay is null)
        {
            return null;
        }

        var rule = new Rule(id, spec.Code, read, values, onDelay.Value, offDelay.Value, order, why) { Says = says };
        var isReadable = faults.Count == before;
        _fit?.CheckId(rule, map);
        if (isReadable)
        {
            // Settings that can't be read have their defaults here, and would be blamed for what nobody wrote.
            _fit?.Check(rule, map, scope, parameters);
        }

        return rule;
    }

    private static DetectorSpec? ReadDetector(MapReader map)
    {
        if (map.Text("detector", required: true) is not { } code)
        {
            return null;
        }

        if (DetectorCatalogue.Find(code) is { } spec)
        {
            return spec;
        }

        var codes = DetectorCatalogue.All.Select(known => known.Code).ToList();
        var same = codes.FirstOrDefault(known => known.Equals(code, StringComparison.OrdinalIgnoreCase));
        map.Refuse(
            "detector", $"it must be one of {string.Join(", ", codes)}",
            same is null ? Resemblance.DidYouMean(code, codes) : $"did you mean '{same}'?");
        return null;
    }

    private static OrderRequest? ReadOrder(MapReader rule, OrderRequest? usual)
    {
        if (rule.IsWord("order", PackWords.NoOrder))
        {
            return null;
        }

        if (rule.Map("order") is not { } map)
        {
            return usual;
        }

        // Where the detector itself asks for no order, the rule has to say all of it.
        var isRequired = usual is null;
        var kind = map.Word("kind", PackWords.OrderKinds, isRequired) ?? usual?.Kind;
        var symptom = map.Id("symptom", isRequired) ?? usual?.Symptom;
        var priority = map.OneOf("priority", PackWords.Priorities) ?? usual?.Priority ?? OrderPriority.Normal;
        var audience = map.Word("audience", PackWords.Audiences, isRequired) ?? usual?.Audience;
        map.Done();
        return kind is null || symptom is null || audience is null
            ? null
            : new OrderRequest(kind, symptom, priority, audience);
    }

    private RuleScope ReadScope(MapReader? map, DetectorSpec spec)
    {
        if (map is null)
        {
            return spec.Scope;
        }

        var kinds = map.EachOf("kinds", PackWords.Kinds);
        var occupancy = map.OneOf("occupancy", PackWords.Occupancies) ?? spec.Scope.Occupancy;
        var signals = map.Texts("signals", ScopeEntriesMax);
        foreach (var (signal, line) in signals.Where(entry => !IsPattern(entry.Text) && !spec.Reads(entry.Text)))
        {
            map.RefuseEntry("signals", line, signal, Reads(spec), Resemblance.DidYouMean(signal, spec.Signals));
        }

        var read = new RuleScope
        {
            SpaceKinds = map.Has("kinds") ? kinds : spec.Scope.SpaceKinds,
            Occupancy = occupancy,
            Buildings = Words("buildings"),
            Spaces = Words("spaces"),
            Tags = Words("tags"),
            Devices = Words("devices"),
            Signals = [.. signals.Select(entry => entry.Text)],
        };
        map.Done();
        var hasUnits = read.SpaceKinds.Count == 0 || read.SpaceKinds.Contains(SpaceKind.Unit);
        if (occupancy == OccupancyScope.Vacant && !hasUnits)
        {
            map.Refuse("occupancy", "only units can be vacant, and 'kinds' leaves them out", "add 'unit' to 'kinds'");
        }

        return read;

        string[] Words(string key)
        {
            var entries = map.Texts(key, ScopeEntriesMax);
            if (around?.NamesFor(key) is { } names)
            {
                var strange = entries.Where(entry => !names.Any(name => PackSurroundings.Fits(entry.Text, name)));
                foreach (var (text, line) in strange)
                {
                    map.RefuseEntry(
                        key, line, text, "nothing of the site has that name, so the rule would watch nothing there",
                        Resemblance.DidYouMean(text, names));
                }
            }

            return [.. entries.Select(entry => entry.Text)];
        }
    }

    private static Dictionary<string, double> ReadParameters(MapReader? map, DetectorSpec spec, RuleScope scope)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal);
        if (map is null)
        {
            return values;
        }

        foreach (var parameter in spec.Parameters)
        {
            var unit = parameter.Dimension switch
            {
                Dimension.SignalValue => UnitOfSignal(spec, scope),
                Dimension.SignalDifference => DifferenceOf(UnitOfSignal(spec, scope)),
                var other => PackWords.UnitOf(other),
            };
            if (map.Amount(parameter.Name, unit, parameter.Min, parameter.Max) is { } value)
            {
                values.Add(parameter.Name, value);
            }
        }

        map.Done();
        return values;
    }

    // Which unit a limit has is known only where the rule names one signal; else it is a plain number in each one's.
    private static string UnitOfSignal(DetectorSpec spec, RuleScope scope)
    {
        var signals = scope.Signals.Count > 0 ? scope.Signals : spec.Signals;
        var units = signals.Select(signal => IsPattern(signal) ? "" : Signal.Of(signal).Unit).Distinct().ToList();
        return units.Count == 1 ? units[0] : "";
    }

    private static string DifferenceOf(string unit) => unit == "Cel" ? "K" : unit;

    private static string Reads(DetectorSpec spec) =>
        $"detector {spec.Code} does not read it; it reads {string.Join(", ", spec.Signals)}";

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');
}
