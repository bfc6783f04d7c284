using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// The state of the fold as bytes (drawing in README.md beside). Detectors' states are length-prefixed and named by
/// rule, so a rule that is gone or judges otherwise now is stepped over.
/// </summary>
internal static class Checkpoint
{
    private const byte FormatVersion = 5;

    public static void Save(EngineState state, BinaryWriter writer)
    {
        writer.Write(FormatVersion);
        Persist(state, null, new StateCodec(writer));
        foreach (var point in state.Points)
        {
            point.Settle(point.JudgedTicks);
            writer.Write(point.Watches.Length);
            foreach (var watch in point.Watches)
            {
                WriteBlock(writer, watch.Bound.Rule, watch.Persist);
            }
        }

        foreach (var space in state.Spaces.Values)
        {
            writer.Write(space.Lives.Count);
            foreach (var life in space.Lives)
            {
                WriteBlock(writer, life.Bound.Rule, life.Persist);
            }
        }
    }

    public static void Load(EngineState state, SiteFold site, BinaryReader reader)
    {
        if (reader.ReadByte() is not FormatVersion and var version)
        {
            throw new InvalidDataException(
                $"Checkpoint format {version} is not known; replay from the journal instead.");
        }

        Persist(state, site, new StateCodec(reader));
        foreach (var point in state.Points)
        {
            ReadBlocks(reader, rule => Array.Find(point.Watches, watch => watch.Bound.Rule.Id == rule) is { } watch
                ? (watch.Bound.Rule, watch.Persist)
                : null);
            point.CountSpoiling();
        }

        foreach (var space in state.Spaces.Values)
        {
            ReadBlocks(reader, rule => space.Lives.Find(life => life.Bound.Rule.Id == rule) is { } life
                ? (life.Bound.Rule, life.Persist)
                : null);
        }
    }

    private static void WriteBlock(BinaryWriter writer, Rule rule, Action<StateCodec> persist)
    {
        writer.Write(rule.Id);
        writer.Write(Fingerprint(rule));
        using var block = new MemoryStream();
        using var inner = new BinaryWriter(block);
        persist(new StateCodec(inner));
        writer.Write((int)block.Length);
        writer.Write(block.GetBuffer().AsSpan(0, (int)block.Length));
    }

    private static void ReadBlocks(BinaryReader reader, Func<string, (Rule Rule, Action<StateCodec> Persist)?> find)
    {
        for (var i = reader.ReadInt32(); i > 0; i--)
        {
            var found = find(reader.ReadString());
            var fingerprint = reader.ReadString();
            var block = reader.ReadBytes(reader.ReadInt32());
            if (found is { } kept && Fingerprint(kept.Rule) == fingerprint)
            {
                using var inner = new BinaryReader(new MemoryStream(block));
                kept.Persist(new StateCodec(inner));
            }
        }
    }

    private static string Fingerprint(Rule rule)
    {
        var settings = DetectorCatalogue.Of(rule.Detector).Parameters.Select(spec => rule.Parameter(spec.Name));
        return FormattableString.Invariant(
            $"{rule.Detector} {rule.Scope.Occupancy} {rule.OnDelay} {rule.OffDelay} {string.Join(' ', settings)}");
    }

    private static void Persist(EngineState state, SiteFold? site, StateCodec codec)
    {
        state.PersistClock(codec);
        PersistTexts(state, site, codec);
        PersistSpaces(state, site, codec);
        PersistSources(state, codec);
        PersistPoints(state, site, codec);
        PersistPresses(state, codec);
    }

    private static void PersistTexts(EngineState state, SiteFold? site, StateCodec codec)
    {
        foreach (var (id, text) in Each(codec, state.ActivatedTexts.ToList()))
        {
            var (packId, yaml) = (id ?? "", text ?? "");
            var version = state.Rules.Packs.GetValueOrDefault(packId)?.Version ?? 0;
            codec.Sync(ref packId);
            codec.Sync(ref yaml);
            codec.Sync(ref version);
            site?.Take(default, new Site.SiteChange.RulesActivated(packId, version, yaml));
        }
    }

    private static void PersistSpaces(EngineState state, SiteFold? site, StateCodec codec)
    {
        foreach (var saved in Each(codec, state.Spaces.Values.ToList()))
        {
            var space = SiteState.Sync(codec, saved?.Space);
            var track = saved ?? site!.SpaceOf(space.Id, 0);
            if (site is not null)
            {
                track.Describe(space, 0);
            }

            track.PersistStays(codec);
            foreach (var window in Each(codec, track.Windows.ToList()))
            {
                track.Plan(SiteState.Sync(codec, window, space.Id));
            }
        }
    }

    private static void PersistSources(EngineState state, StateCodec codec)
    {
        foreach (var saved in Each(codec, state.Sources.Values.ToList()))
        {
            var id = saved?.Id ?? "";
            codec.Sync(ref id);
            state.SourceOf(id).Persist(codec);
        }
    }

    private static void PersistPoints(EngineState state, SiteFold? site, StateCodec codec)
    {
        foreach (var saved in Each(codec, state.Points.ToList()))
        {
            var point = SiteState.Sync(codec, saved?.Point);
            site?.Take(default, new Site.SiteChange.PointCommissioned(point));
            var track = state.Find(point.Number.Value)!;
            var source = track.Source.Id;
            codec.Sync(ref source);
            track.Persist(codec);
            PersistSilence(track, codec);
            var fusion = track.Space.Fusions.Find(fusion => fusion.Door == track);
            var hasFusion = fusion is not null;
            codec.Sync(ref hasFusion);
            if (hasFusion)
            {
                (fusion ?? new FusionWatch(state.Rules.Rules[0], track)).Persist(codec);
            }
        }
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

    private static void PersistPresses(EngineState state, StateCodec codec)
    {
        foreach (var (saved, _) in Each(codec, state.Presses.ToList()))
        {
            var device = saved ?? "";
            codec.Sync(ref device);
            state.PressesOf(device).Persist(codec);
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
