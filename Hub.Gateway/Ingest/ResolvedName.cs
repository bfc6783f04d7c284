using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Ingest;

/// <summary>What a name of an edge means on the site as it is now.</summary>
internal sealed class ResolvedName(PointName name, Point? point)
{
    private byte[] _unit = [];
    private bool _isUnitKnown;
    private UnitConversion _conversion;

    public PointName Name { get; } = name;

    /// <summary>Null for a point that nobody has commissioned.</summary>
    public Point? Point { get; } = point;

    public Signal Signal { get; } = Signal.Of(name.Signal);

    /// <summary>
    /// The conversion from the unit a record has; false if there is none. Devices stay with their unit.
    /// </summary>
    public bool TryConvert(ReadOnlySpan<byte> unit, double sent, out double kept)
    {
        if (!_isUnitKnown || !unit.SequenceEqual(_unit))
        {
            _unit = unit.ToArray();
            _isUnitKnown = true;
            if (!UnitConversion.TryFind(unit, Signal.Unit, out _conversion))
            {
                _conversion = default;
            }
        }

        kept = _conversion.Apply(sent);
        return _conversion.Factor != 0;
    }
}
