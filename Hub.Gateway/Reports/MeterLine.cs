namespace Hub.Gateway.Reports;

/// <summary>One meter over one span, for a bill.</summary>
/// <param name="Point">Its point.</param>
/// <param name="Unit">Whose meter.</param>
/// <param name="Signal">What it counts.</param>
/// <param name="UnitOfMeasure">In what.</param>
/// <param name="Serial">Which meter.</param>
/// <param name="From">What its dial showed at the beginning; null if nobody knows.</param>
/// <param name="To">And at the end.</param>
/// <param name="Used">The difference, past a rollover too; null where one end is not known.</param>
/// <param name="Source">dial: its dial was read once, so both are what it shows; register: the hub's own.</param>
public sealed record MeterLine(
    int Point, string Unit, string Signal, string UnitOfMeasure, string Serial, double? From, double? To, double? Used,
    string Source)
{
    public static ReportTable Table(string id, IEnumerable<MeterLine> lines) => new(
        id, ["unit", "signal", "serial", "from", "to", "used", "measure", "source"],
        [
            .. lines.Select(line => new object?[]
            {
                line.Unit, line.Signal, line.Serial, line.From, line.To, line.Used, line.UnitOfMeasure, line.Source,
            }),
        ]);
}
