using System.Globalization;
using Hub.Gateway.Ingest;
using Hub.Gateway.Series;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Fleet;

/// <summary>
/// What a person says of a point that comes in another unit.
/// <code>
///  other-unit   the same meter, counting in another unit: converted from here on
///  new-meter    an exchange: what the old one counted to the end, and where the new one began
///  mistake      neither: what comes in that unit stays set aside
/// </code>
/// </summary>
/// <param name="Answer">One of the three.</param>
/// <param name="Factor">What one of the new unit is in the signal's; needed only where nobody could know.</param>
/// <param name="FinalRegister">The old meter's last register, in the signal's unit; for a new meter.</param>
/// <param name="StartRegister">The new meter's first register, in the signal's unit; for a new meter.</param>
/// <param name="Serial">The new meter's serial number.</param>
public sealed record UnitAnswer(
    string? Answer, double? Factor = null, double? FinalRegister = null, double? StartRegister = null,
    string? Serial = null)
{
    public const string OtherUnit = "other-unit";
    public const string NewMeter = "new-meter";
    public const string Mistake = "mistake";

    private const int SerialCharactersMax = 64;

    /// <summary>The changes of the site that follow from it, or what is wrong with it.</summary>
    public (IReadOnlyList<SiteChange> Changes, QueryFault? Fault) Decide(UnitQuestion question, Point point, string by)
    {
        if (Answer is not (OtherUnit or NewMeter or Mistake))
        {
            return ([], new QueryFault(
                "answer", Answer, $"{OtherUnit}, {NewMeter} or {Mistake}",
                "Say whether the same meter counts in another unit, it is a new one, or it is a mistake."));
        }

        if (Answer == Mistake)
        {
            return ([new SiteChange.UnitRefused(point.Number, question.Unit, by)], null);
        }

        var signal = Signal.Of(point.Signal);
        if (ConversionOf(question, point, signal) is not { } conversion)
        {
            return ([], new QueryFault(
                "factor", Text(Factor), $"what one {question.Unit} is in {UnitOf(point, signal)}, above 0",
                "Send the factor: nothing is known that leads from one to the other."));
        }

        var agreed = new SiteChange.UnitAgreed(
            point.Number, new SentUnit(question.Unit, conversion.Factor, conversion.Offset), by);
        return Answer == OtherUnit ? ([agreed], null) : Exchange(question, point, signal, agreed);
    }

    private (IReadOnlyList<SiteChange> Changes, QueryFault? Fault) Exchange(
        UnitQuestion question, Point point, Signal signal, SiteChange.UnitAgreed agreed)
    {
        if (signal.Kind != SignalKind.Register)
        {
            return ([], new QueryFault(
                "answer", Answer, $"{OtherUnit} or {Mistake} for {point.Signal}",
                "It counts nothing: it has no meter."));
        }

        if (Serial?.Length > SerialCharactersMax)
        {
            return ([], new QueryFault("serial", Serial, $"at most {SerialCharactersMax} characters", "Shorten it."));
        }

        foreach (var (name, register) in new[] { ("finalRegister", FinalRegister), ("startRegister", StartRegister) })
        {
            if (register is not { } value || !signal.IsPossible(value))
            {
                return ([], new QueryFault(
                    name, Text(register), $"a register in {UnitOf(point, signal)}",
                    "Send what the old meter showed at the end, and what the new one began with."));
            }
        }

        // Just before the first reading of the new one, which is then counted from its start.
        return (
            [
                new SiteChange.MeterExchanged(
                    point.Number, question.FirstAt.AddTicks(-1), FinalRegister!.Value, Serial ?? "",
                    StartRegister!.Value),
                agreed,
            ],
            null);
    }

    private UnitConversion? ConversionOf(UnitQuestion question, Point point, Signal signal) => Factor switch
    {
        { } factor => double.IsFinite(factor) && factor > 0 ? new UnitConversion(factor, 0) : null,
        null => UnitConversion.TryFind(question.Unit, UnitOf(point, signal), out var known) ? known : null,
    };

    /// <summary>A signal of nobody's catalogue is kept as it was first heard.</summary>
    private static string UnitOf(Point point, Signal signal) => signal.Unit.Length > 0 ? signal.Unit : point.Sent!.Unit;

    private static string? Text(double? value) => value?.ToString(CultureInfo.InvariantCulture);
}
