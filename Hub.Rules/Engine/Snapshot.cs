using System.Runtime.InteropServices;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Engine;

/// <summary>
/// The fold's state as of one entry, written piece by piece while the fold goes on: what an entry is about to change is
/// written before it changes. One at a time: to begin another completes it. Used by the fold's owner alone.
/// <code>
///   begun at an entry ──► Advance, Advance, … between entries ──► complete: the parts are that entry's state
///                           ▲ a point that an entry touches first is written at once, with its space and its source
/// </code>
/// </summary>
public sealed class Snapshot
{
    /// <summary>A part is handed out when it is that large; the record that made it so is still in it.</summary>
    private const int PartBytes = 256 << 10;

    private readonly EngineState _state;
    private readonly int _number;
    private readonly SpaceTrack[] _spaces;
    private readonly SourceTrack[] _sources;
    private readonly PointTrack?[] _points;
    private readonly Dictionary<BoundRule, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly StateCodec _codec;
    private int _next;

    internal Snapshot(EngineState state)
    {
        state.Snapshot?.Advance(int.MaxValue);
        (_state, _number) = (state, ++state.SnapshotNumber);
        (_spaces, _sources, _points) = ([.. state.Spaces.Values], [.. state.Sources.Values], state.PointsNow());
        _codec = StateCodec.Saving(NewPart());
        foreach (var bound in state.Rules.Rules)
        {
            _places.Add(bound, _places.Count);
        }

        Write(Checkpoint.Kind.Head, state, static (state, of) => Checkpoint.SaveHead(state, of._codec));
        state.Snapshot = this;
    }

    public bool IsComplete { get; private set; }

    /// <summary>What has been written; the state if it is complete.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts => _parts;

    public long Bytes => _parts.Sum(part => (long)part.Length);

    /// <summary>Writes so many pieces more; true if that was all.</summary>
    public bool Advance(int pieces)
    {
        for (; pieces > 0 && !IsComplete; pieces--)
        {
            var (source, point) = (_next - _spaces.Length, _next - _spaces.Length - _sources.Length);
            if (source < 0)
            {
                Preserve(_spaces[_next]);
            }
            else if (point < 0)
            {
                Preserve(_sources[source]);
            }
            else if (point < _points.Length)
            {
                PreserveAlone(_points[point]);
            }
            else
            {
                Complete();
            }

            _next++;
        }

        return IsComplete;
    }

    /// <summary>The parts have been stored: their bytes may be used again.</summary>
    public void Release()
    {
        foreach (var part in _parts)
        {
            if (MemoryMarshal.TryGetArray(part, out var bytes))
            {
                _state.SpareParts.Push(bytes.Array!);
            }
        }

        _parts.Clear();
    }

    /// <summary>
    /// What the entry is going to touch, but for readings and ticks, which touch points one by one. New rules, or a
    /// point that goes, concern more than a place or two, and all the rest is written first.
    /// </summary>
    internal void Preserve(Entry entry)
    {
        switch (entry)
        {
            case Entry.Changed { Change: SiteChange.SpaceDefined { Space: var space } }:
                Preserve(space.Id);
                break;
            case Entry.Changed { Change: SiteChange.PointCommissioned { Point: var point } }:
                Preserve(point.Number);
                Preserve(point.SpaceId);
                break;
            case Entry.Changed { Change: SiteChange.OccupancyChanged moved }:
                Preserve(moved.SpaceId);
                break;
            case Entry.Changed { Change: SiteChange.WindowPlanned { Window: var window } }:
                Preserve(window.SpaceId);
                break;
            case Entry.Changed { Change: SiteChange.WindowWithdrawn { Window: var window } }:
                Preserve(window.SpaceId);
                break;
            case Entry.Changed { Change: SiteChange.MeterExchanged exchanged }:
                Preserve(exchanged.Point);
                break;
            case Entry.Changed { Change: SiteChange.UnitAgreed or SiteChange.UnitRefused or SiteChange.RulesTested }:
                break;
            case Entry.Changed:
                Advance(int.MaxValue);
                break;
            case Entry.Presence { Source: var id } when _state.Sources.TryGetValue(id, out var source):
                Preserve(source);
                break;
            case Entry.Lost { Source: var id } when _state.Sources.TryGetValue(id, out var source):
                Preserve(source);
                break;
            case Entry.SetAside { Source: var id } when _state.Sources.TryGetValue(id, out var source):
                Preserve(source);
                break;
        }
    }

    /// <summary>Something is about to change there: the point, its space with its doors, its source.</summary>
    internal void Preserve(PointTrack point)
    {
        PreserveAlone(point);
        Preserve(point.Space);
        Preserve(point.Source);
        foreach (var fusion in point.Space.Fusions)
        {
            PreserveAlone(fusion.Door);
        }

        if (point == point.Space.Lock)
        {
            // The doors' time passes with it.
            point.Space.Points.ForEach(PreserveAlone);
        }
    }

    private void Preserve(SpaceTrack space)
    {
        if (space.SavedIn != _number)
        {
            space.SavedIn = _number;
            Write(Checkpoint.Kind.Space, space, static (space, of) => Checkpoint.Save(space, of._places, of._codec));
        }
    }

    private void Preserve(SourceTrack source)
    {
        if (source.SavedIn != _number)
        {
            source.SavedIn = _number;
            Write(Checkpoint.Kind.Source, source, static (source, of) => Checkpoint.Save(source, of._codec));
        }
    }

    private void Preserve(string spaceId)
    {
        if (_state.Spaces.TryGetValue(spaceId, out var space))
        {
            Preserve(space);
            space.Points.ForEach(Preserve);
        }
    }

    private void Preserve(PointNumber number)
    {
        if (_state.Find(number.Value) is { } point)
        {
            Preserve(point);
        }
    }

    private void PreserveAlone(PointTrack? point)
    {
        if (point is not null && point.SavedIn != _number)
        {
            point.SavedIn = _number;
            Write(Checkpoint.Kind.Point, point, static (point, of) => Checkpoint.Save(point, of._places, of._codec));
        }
    }

    private void Write<T>(Checkpoint.Kind kind, T what, Action<T, Snapshot> save)
    {
        var code = (byte)kind;
        _codec.Sync(ref code);
        var begin = _codec.BeginBlock();
        save(what, this);
        _codec.EndBlock(begin);
        if (_codec.Length >= PartBytes)
        {
            _parts.Add(_codec.Detach(NewPart()));
        }
    }

    private void Complete()
    {
        _parts.Add(_codec.Detach([]));
        IsComplete = true;
        _state.Snapshot = null;
    }

    private byte[] NewPart() => _state.SpareParts.TryPop(out var part)
        ? part
        : GC.AllocateUninitializedArray<byte>(PartBytes + (PartBytes / 8));
}
