using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Ingest;

/// <summary>
/// Whether a record comes in its point's unit, and what its value is in the signal's. Litres under the name of cubic
/// metres, or a new meter that counts otherwise, would be a leak or a year without use, so a change of unit is no
/// conversion that the hub may choose. Pure.
/// <code>
///  first heard ──► agreed ── the same, or another name of it ──► converted
///                     └───── any other ──► asked about ──► agreed (same meter | new meter) or refused (mistake)
/// </code>
/// </summary>
internal static class SentUnits
{
    public static UnitFit Judge(Point? point, Signal signal, string sent, out UnitConversion conversion)
    {
        var unit = NameOf(sent, signal);
        var isKnown = UnitConversion.TryFind(unit, signal.Unit, out conversion);
        if (unit.Length == 0 || signal.Kind is SignalKind.Contact or SignalKind.Press)
        {
            return isKnown ? UnitFit.Fits : UnitFit.Unknown;
        }

        if (point?.Sent is not { } agreed)
        {
            return !isKnown ? UnitFit.Unknown : point is null ? UnitFit.Fits : UnitFit.First;
        }

        var own = new UnitConversion(agreed.Factor, agreed.Offset);
        var isOtherName = isKnown && signal.Unit.Length > 0 && conversion == own;
        conversion = own;
        return unit == agreed.Unit || isOtherName ? UnitFit.Fits
            : unit == point.RefusedUnit ? UnitFit.Refused
            // A meter may count anything, such as pulses; a humidity in cubic metres means nothing at all.
            : isKnown || signal.Kind == SignalKind.Register ? UnitFit.Other
            : UnitFit.Unknown;
    }

    /// <summary>The unit as it would be agreed on; null if there is none to agree on.</summary>
    public static SentUnit? Of(Signal signal, string sent) =>
        NameOf(sent, signal) is { Length: > 0 } unit
        && signal.Kind is not (SignalKind.Contact or SignalKind.Press)
        && UnitConversion.TryFind(unit, signal.Unit, out var conversion)
            ? new SentUnit(unit, conversion.Factor, conversion.Offset)
            : null;

    /// <summary>A record without a unit is in the signal's.</summary>
    public static string NameOf(string sent, Signal signal) => sent.Length > 0 ? sent : signal.Unit;
}
