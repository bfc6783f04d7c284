using Hub.Gateway.Ingest;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Fleet;

/// <summary>
/// What an engineer is asked about units, one question a point: the last unit that came. Part of the fleet's fold; not
/// thread-safe.
/// </summary>
internal sealed class UnitQuestions
{
    /// <summary>Questions open at a time; points beyond it are asked about when others have been answered.</summary>
    public const int QuestionsMax = 1_000;

    private readonly Dictionary<int, UnitQuestion> _open = [];

    public IReadOnlyCollection<UnitQuestion> Open => _open.Values;

    public UnitQuestion? Find(PointNumber point) => _open.GetValueOrDefault(point.Value);

    /// <summary>A message that was set aside for its unit; gives whether it asks about anything.</summary>
    public bool Take(Entry.SetAside aside, IEnumerable<QuarantinedReading> held, SiteSnapshot site)
    {
        var asks = false;
        foreach (var reading in held)
        {
            if (site.Find(Point.IdOf(aside.Source, reading.Device, reading.Signal)) is { } point
                && SentUnits.Judge(point, Signal.Of(point.Signal), reading.Unit, out _) == UnitFit.Other)
            {
                Ask(point, reading, aside.ReceivedAt);
                asks = true;
            }
        }

        return asks;
    }

    /// <summary>Somebody has said something about the point, or it is gone.</summary>
    public void Close(PointNumber point) => _open.Remove(point.Value);

    public void Save(BinaryWriter writer)
    {
        writer.Write(_open.Count);
        foreach (var question in _open.Values)
        {
            writer.Write(question.Point.Value);
            writer.Write(question.Unit);
            writer.Write(question.Readings);
            writer.Write(question.FirstAt.UtcTicks);
            writer.Write(question.First);
            writer.Write(question.SeenAt.UtcTicks);
            writer.Write(question.Last);
        }
    }

    public void Load(BinaryReader reader)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var question = new UnitQuestion(
                new PointNumber(reader.ReadInt32()), reader.ReadString(), reader.ReadInt64(),
                new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), reader.ReadDouble(),
                new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), reader.ReadDouble());
            _open[question.Point.Value] = question;
        }
    }

    private void Ask(Point point, QuarantinedReading reading, DateTimeOffset arrivedAt)
    {
        var at = new DateTimeOffset(reading.AtTicks, TimeSpan.Zero);
        var unit = SentUnits.NameOf(reading.Unit, Signal.Of(point.Signal));
        var known = Find(point.Number) is { } asked && asked.Unit == unit ? asked : null;
        if (known is null && Find(point.Number) is null && _open.Count >= QuestionsMax)
        {
            return;
        }

        known ??= new UnitQuestion(point.Number, unit, 0, at, reading.Value, arrivedAt, reading.Value);
        _open[point.Number.Value] = known with
        {
            Readings = known.Readings + 1,
            FirstAt = at < known.FirstAt ? at : known.FirstAt,
            First = at < known.FirstAt ? reading.Value : known.First,
            SeenAt = arrivedAt,
            Last = reading.Value,
        };
    }
}
