using System.Globalization;

namespace Hub.Rules.Backtest;

/// <summary>Hourly consumption against what is known to have run: rows <c>hour,device,litres</c>.</summary>
/// <param name="Litres">What the replay found, all hours.</param>
/// <param name="TrueLitres">What ran.</param>
/// <param name="Hours">How many hours there are.</param>
/// <param name="Measured">How many of them were measured.</param>
/// <param name="MeasuredRight">How many of these are right to the litre.</param>
/// <param name="Sums">In how many stretches the other hours lie.</param>
/// <param name="SumsRight">How many stretches' sums are right to the litre.</param>
public sealed record ConsumptionCheck(
    double Litres, double TrueLitres, int Hours, int Measured, int MeasuredRight, int Sums, int SumsRight)
{
    private const double ToTheLitre = 1;

    public static ConsumptionCheck Of(TextReader truth, IEnumerable<ConsumedHour> found)
    {
        var hours = found.ToDictionary(hour => (hour.Device, hour.Hour));
        var check = new ConsumptionCheck(hours.Values.Sum(hour => hour.Litres), 0, 0, 0, 0, 0, 0);
        double? off = null;
        truth.ReadLine();
        while (truth.ReadLine() is { Length: > 0 } line)
        {
            var fields = line.Split(',');
            var at = DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture);
            var litres = double.Parse(fields[2], CultureInfo.InvariantCulture);
            var hour = hours.GetValueOrDefault((fields[1], at));
            var error = (hour?.Litres ?? 0) - litres;
            check = check with { TrueLitres = check.TrueLitres + litres, Hours = check.Hours + 1 };
            if (hour is { IsSpread: false })
            {
                check = check.End(off);
                check = check with
                {
                    Measured = check.Measured + 1,
                    MeasuredRight = check.MeasuredRight + (Math.Abs(error) < ToTheLitre ? 1 : 0),
                };
                off = null;
            }
            else
            {
                off = (off ?? 0) + error;
            }
        }

        return check.End(off);
    }

    private ConsumptionCheck End(double? off) => off is not { } error ? this : this with
    {
        Sums = Sums + 1,
        SumsRight = SumsRight + (Math.Abs(error) < ToTheLitre ? 1 : 0),
    };
}
