using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// The state of the fold as records of bytes (drawing in README.md beside), in any order but for the head. Detectors'
/// states are length-prefixed and named by rule, so a rule that is gone or judges otherwise now is stepped over.
/// </summary>
internal static class Checkpoint
{
    private const byte FormatVersion = 11;

    public enum Kind : byte
    {
        Head,
        Space,
        Source,
        Point,
    }

    /// <summary>What stands for all: the clock, the packs and their rules, the presses, the outages.</summary>
    public static void SaveHead(EngineState state, StateCodec codec)
    {
        var version = FormatVersion;
        codec.Sync(ref version);
        PersistHead(state, null, codec);
        foreach (var bound in Each(codec, state.Rules.Rules.ToList()))
        {
            var (id, fingerprint) = (bound!.Rule.Id, Fingerprint(bound));
            codec.Sync(ref id);
            codec.Sync(ref fingerprint);
        }
    }

    /// <param name="places">Where each rule stands in the head.</param>
    public static void Save(SpaceTrack space, IReadOnlyDictionary<BoundRule, int> places, StateCodec codec)
    {
        Persist(space, null, codec);
        var count = space.Lives.Count;
        codec.Sync(ref count);
        foreach (var life in space.Lives)
        {
            var begin = BeginBlock(codec, places, life.Bound);
            life.Persist(codec);
            codec.EndBlock(begin);
        }
    }

    public static void Save(SourceTrack source, StateCodec codec)
    {
        var id = source.Id;
        codec.Sync(ref id);
        source.Persist(codec);
    }

    /// <param name="places">Where each rule stands in the head.</param>
    public static void Save(PointTrack point, IReadOnlyDictionary<BoundRule, int> places, StateCodec codec)
    {
        SiteState.Sync(codec, point.Point);
        PersistPoint(point, codec);
        point.Settle(point.JudgedTicks);
        var count = point.Watches.Length;
        codec.Sync(ref count);
        foreach (var watch in point.Watches)
        {
            var begin = BeginBlock(codec, places, watch.Bound);
            watch.Persist(codec);
            codec.EndBlock(begin);
        }
    }

    public static void Load(EngineState state, SiteFold site, IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        var records = parts.SelectMany(Records).ToLookup(record => record.Kind, record => record.Bytes);
        var rules = LoadHead(state, site, records[Kind.Head].First());
        var spaces = records[Kind.Space].Select(bytes => (Track: Persist(null, site, bytes), bytes)).ToList();

        foreach (var bytes in records[Kind.Source])
        {
            var id = "";
            bytes.Sync(ref id);
            state.SourceOf(id).Persist(bytes);
        }

        // A space lists its points as they were commissioned, and so they are again.
        var points = records[Kind.Point].Select(bytes => (Point: SiteState.Sync(bytes, default(Site.Point)), bytes));
        foreach (var (point, bytes) in points.OrderBy(pair => pair.Point.Number.Value))
        {
            site.Take(default, new Site.SiteChange.PointCommissioned(point));
            var track = state.Find(point.Number.Value)!;
            PersistPoint(track, bytes);
            LoadBlocks(bytes, rules, id => Array.Find(track.Watches, watch => watch.Bound.Rule.Id == id) is { } watch
                ? (watch.Bound, watch.Persist)
                : null);
            track.CountSpoiling();
        }

        // Which rules look at a whole space is known when its points are.
        foreach (var (track, bytes) in spaces)
        {
            LoadBlocks(bytes, rules, rule => track.Lives.Find(life => life.Bound.Rule.Id == rule) is { } life
                ? (life.Bound, life.Persist)
                : null);
        }
    }

    private static IEnumerable<(Kind Kind, StateCodec Bytes)> Records(ReadOnlyMemory<byte> part)
    {
        var codec = StateCodec.Loading(part);
        while (!codec.IsAtEnd)
        {
            byte kind = 0;
            codec.Sync(ref kind);
            yield return ((Kind)kind, codec.ReadBlock());
        }
    }

    private static List<(string Id, string Fingerprint)> LoadHead(EngineState state, SiteFold site, StateCodec codec)
    {
        byte version = 0;
        codec.Sync(ref version);
        if (version != FormatVersion)
        {
            throw new InvalidDataException(
                $"Checkpoint format {version} is not known; replay from the journal instead.");
        }

        PersistHead(state, site, codec);
        var rules = new List<(string, string)>();
        foreach (var _ in Each(codec, new List<BoundRule>()))
        {
            var (id, fingerprint) = ("", "");
            codec.Sync(ref id);
            codec.Sync(ref fingerprint);
            rules.Add((id, fingerprint));
        }

        return rules;
    }

    private static int BeginBlock(StateCodec codec, IReadOnlyDictionary<BoundRule, int> places, BoundRule bound)
    {
        // A rule that is no longer in force where nothing has been bound since has no place, and is not kept.
        var place = places.GetValueOrDefault(bound, -1);
        codec.Sync(ref place);
        return codec.BeginBlock();
    }

    private static void LoadBlocks(
        StateCodec codec, List<(string Id, string Fingerprint)> rules,
        Func<string, (BoundRule Bound, Action<StateCodec> Persist)?> find)
    {
        var (count, place) = (0, 0);
        codec.Sync(ref count);
        for (; count > 0; count--)
        {
            codec.Sync(ref place);
            var block = codec.ReadBlock();
            if (place >= 0 && find(rules[place].Id) is { } found
                && Fingerprint(found.Bound) == rules[place].Fingerprint)
            {
                found.Persist(block);
            }
        }
    }

    private static string Fingerprint(BoundRule bound)
    {
        var rule = bound.Rule;
        var settings = Packs.DetectorCatalogue.Of(rule.Detector).Parameters.Select(spec => rule.Parameter(spec.Name));
        return FormattableString.Invariant(
            $"{rule.Detector} {rule.Scope.Occupancy} {rule.OnDelay} {rule.OffDelay} {string.Join(' ', settings)}");
    }

    private static void PersistHead(EngineState state, SiteFold? site, StateCodec codec)
    {
        state.PersistClock(codec);
        foreach (var (id, text) in Each(codec, state.ActivatedTexts.ToList()))
        {
            var (packId, yaml) = (id ?? "", text ?? "");
            var version = state.Rules.Packs.GetValueOrDefault(packId)?.Version ?? 0;
            codec.Sync(ref packId);
            codec.Sync(ref yaml);
            codec.Sync(ref version);
            site?.Take(default, new Site.SiteChange.RulesActivated(packId, version, yaml));
        }

        foreach (var (saved, _) in Each(codec, state.Presses.ToList()))
        {
            var device = saved ?? "";
            codec.Sync(ref device);
            state.PressesOf(device).Persist(codec);
        }

        foreach (var (saved, outage) in Each(codec, state.Outages.ToList()))
        {
            var (riser, id) = (saved ?? "", outage?.AlarmId ?? "");
            var (rule, point) = (outage?.RuleId ?? "", outage?.Point ?? 0);
            var (from, to) = (outage?.FromTicks ?? 0, outage?.ToTicks ?? 0);
            codec.Sync(ref riser);
            codec.Sync(ref id);
            codec.Sync(ref rule);
            codec.Sync(ref point);
            codec.Sync(ref from);
            codec.Sync(ref to);
            state.Outages[riser] = outage ?? new Outage(id, rule, point, from, to);
        }
    }

    private static SpaceTrack Persist(SpaceTrack? saved, SiteFold? site, StateCodec codec)
    {
        var space = SiteState.Sync(codec, saved?.Space);
        var track = saved ?? site!.SpaceOf(space.Id, 0);
        if (site is not null)
        {
            track.Describe(space, 0);
        }

        track.PersistStays(codec);
        var count = track.Windows.Count;
        codec.Sync(ref count);
        for (var i = 0; i < count; i++)
        {
            track.Plan(SiteState.Sync(codec, codec.IsLoading ? null : track.Windows[i], space.Id));
        }

        return track;
    }

    private static void PersistPoint(PointTrack track, StateCodec codec)
    {
        track.Persist(codec);
        PersistSilence(track, codec);
        var fusion = FusionOf(track);
        var hasFusion = fusion is not null;
        codec.Sync(ref hasFusion);
        if (hasFusion)
        {
            (fusion ?? new FusionWatch(new BoundRule(Packs.Rule.Of("gone", "X1"), 0), track)).Persist(codec);
        }
    }

    /// <summary>A plain loop: a closure for each point would call the collector into every checkpoint.</summary>
    private static FusionWatch? FusionOf(PointTrack door)
    {
        foreach (var fusion in door.Space.Fusions)
        {
            if (fusion.Door == door)
            {
                return fusion;
            }
        }

        return null;
    }

    private static void PersistSilence(PointTrack track, StateCodec codec)
    {
        var has = track.Silence is not null;
        codec.Sync(ref has);
        if (has && track.Silence is { } silence)
        {
            silence.Persist(codec);
        }
        else if (has)
        {
            var (id, born, named) = ("", 0L, 0L);
            codec.Sync(ref id);
            codec.Sync(ref born);
            codec.Sync(ref named);
        }
    }

    /// <summary>The items when saving; as many empty places when loading.</summary>
    private static IEnumerable<T?> Each<T>(StateCodec codec, List<T> items)
    {
        var count = items.Count;
        codec.Sync(ref count);
        return codec.IsLoading ? new T?[count] : items;
    }
}
