using System.Text;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Ingest;

/// <summary>What a name of an edge means on the site as it is now.</summary>
internal sealed class ResolvedName(PointName name, Point? point)
{
    private byte[] _unit = [];
    private bool _isUnitKnown;
    private UnitFit _fit;
    private UnitConversion _conversion;

    public PointName Name { get; } = name;

    /// <summary>Null for a point that nobody has commissioned.</summary>
    public Point? Point { get; } = point;

    public Signal Signal { get; } = Signal.Of(name.Signal);

    /// <summary>Whether a record in this unit can be taken; judged once, for devices stay with their unit.</summary>
    public UnitFit Fit(ReadOnlySpan<byte> unit)
    {
        if (!_isUnitKnown || !unit.SequenceEqual(_unit))
        {
            _unit = unit.ToArray();
            _isUnitKnown = true;
            _fit = SentUnits.Judge(Point, Signal, Encoding.UTF8.GetString(unit), out _conversion);
        }

        return _fit;
    }

    /// <summary>The value in the signal's unit, of the unit that was asked about last.</summary>
    public double Convert(double sent) => _conversion.Apply(sent);
}
