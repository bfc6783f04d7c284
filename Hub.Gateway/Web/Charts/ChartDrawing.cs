using System.Globalization;
using System.Text;

namespace Hub.Gateway.Web.Charts;

/// <summary>
/// Where everything of a chart stands on its sheet. Pure: a view in, coordinates out; the component only writes them
/// down.
/// <code>
///   PlotLeft                       PlotRight
///   ├──────── value line ──────────┤  PlotTop
///   │   ╱╲    ▒▒gap▒▒    ╱‾‾‾ │fired
///   ├───────────────── limit ──────┤
///   └─ time marks ─────────────────┘  PlotBottom
/// </code>
/// </summary>
public sealed class ChartDrawing
{
    public const double Width = 800;
    public const double PlotLeft = 52;
    public const double PlotRight = 790;
    public const double PlotTop = 26;
    private const int ValueMarksWanted = 4;
    private const int TimeMarksMax = 7;

    private static readonly TimeSpan[] TimeSteps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7),
        TimeSpan.FromDays(14), TimeSpan.FromDays(30),
    ];

    private readonly ChartView _view;
    private readonly double _top;

    public ChartDrawing(ChartView view)
    {
        _view = view;
        Gaps = FindGaps(view).ToList();
        var highest = view.Values.Select(value => value.Value).Append(view.Limit ?? 0).Append(0).Max();
        var lowest = Math.Min(0, view.Values.Select(value => value.Value).Append(0).Min());
        var step = view.IsStep ? 1 : NiceStep((highest - lowest) * 1.1);
        Bottom = Math.Floor(lowest / step) * step;
        _top = Bottom + (step * Math.Max(1, Math.Ceiling(((highest * 1.05) - Bottom) / step)));
        ValueMarks = Enumerable.Range(0, (int)Math.Round((_top - Bottom) / step) + 1)
            .Select(i => Math.Round(Bottom + (i * step), 9)).ToList();
    }

    /// <summary>The foot of the plot; a contact says only open or closed, and needs less room for it.</summary>
    public double PlotBottom => _view.IsStep ? 96 : 206;

    public double Height => PlotBottom + 34;

    /// <summary>The value at the foot of the plot: 0, or below it if anything is.</summary>
    public double Bottom { get; }

    public IReadOnlyList<double> ValueMarks { get; }

    /// <summary>Stretches without readings, the ends of the chart included.</summary>
    public IReadOnlyList<ChartSpan> Gaps { get; }

    public double X(DateTimeOffset at)
    {
        var share = (at - _view.From) / (_view.To - _view.From);
        return PlotLeft + (Math.Clamp(share, 0, 1) * (PlotRight - PlotLeft));
    }

    public double Y(double value) =>
        PlotBottom - (Math.Clamp((value - Bottom) / (_top - Bottom), 0, 1) * (PlotBottom - PlotTop));

    /// <summary>Round instants on the site's wall clock.</summary>
    public IEnumerable<DateTimeOffset> TimeMarks(TimeZoneInfo zone)
    {
        var span = _view.To - _view.From;
        var step = TimeSteps.FirstOrDefault(step => span / step <= TimeMarksMax, TimeSteps[^1]);
        var offset = zone.GetUtcOffset(_view.From);
        var wall = _view.From.UtcTicks + offset.Ticks;
        var first = ((wall + step.Ticks - 1) / step.Ticks * step.Ticks) - offset.Ticks;
        for (var ticks = first; ticks <= _view.To.UtcTicks; ticks += step.Ticks)
        {
            yield return new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    /// <summary>The value line as an SVG path: broken at every gap, never drawn through one.</summary>
    public string Line()
    {
        var path = new StringBuilder();
        ChartValue? before = null;
        foreach (var value in _view.Values)
        {
            if (before is not { } last || IsGap(last.At, value.At))
            {
                Append(path, 'M', value.At, value.Value);
                // A lone reading between two gaps is a dot; a line of no length with round ends draws one.
                Append(path, 'L', value.At, value.Value);
            }
            else
            {
                if (_view.IsStep)
                {
                    Append(path, 'L', value.At, last.Value);
                }

                Append(path, 'L', value.At, value.Value);
            }

            before = value;
        }

        return path.ToString();
    }

    public static string Coordinate(double at) => at.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The least of 1, 2, 2.5 and 5 times a power of ten that makes few enough marks.</summary>
    public static double NiceStep(double range)
    {
        if (!(range > 0))
        {
            return 1;
        }

        var rough = range / ValueMarksWanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        ReadOnlySpan<double> steps = [1, 2, 2.5, 5];
        foreach (var step in steps)
        {
            if (step * power >= rough)
            {
                return step * power;
            }
        }

        return 10 * power;
    }

    private bool IsGap(DateTimeOffset from, DateTimeOffset to) => to - from > _view.GapAfter;

    private IEnumerable<ChartSpan> FindGaps(ChartView view)
    {
        var before = view.From;
        foreach (var at in view.Values.Select(value => value.At).Append(view.To))
        {
            if (IsGap(before, at))
            {
                yield return new ChartSpan(before, at, "");
            }

            before = at;
        }
    }

    private void Append(StringBuilder path, char verb, DateTimeOffset at, double value) =>
        path.Append(verb).Append(Coordinate(X(at))).Append(' ').Append(Coordinate(Y(value)));
}
