using Hub.Gateway.Web.Charts;

namespace Hub.Gateway.Tests.Web;

public class ChartDrawingTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void A_silence_is_drawn_as_a_gap_and_never_as_a_line()
    {
        var drawing = new ChartDrawing(View((0, 1), (5, 2), (10, 3), (55, 4), (60, 5)));

        var gap = Assert.Single(drawing.Gaps);
        Assert.Equal((From.AddMinutes(10), From.AddMinutes(55)), (gap.From, gap.To));
        Assert.Equal(2, drawing.Line().Count(c => c == 'M'));
    }

    [Fact]
    public void Silence_at_either_end_is_a_gap_too()
    {
        var drawing = new ChartDrawing(View((20, 1), (25, 1), (30, 1)));

        Assert.Equal(2, drawing.Gaps.Count);
        Assert.Equal(From, drawing.Gaps[0].From);
        Assert.Equal(From.AddMinutes(60), drawing.Gaps[1].To);
    }

    [Fact]
    public void Without_any_reading_everything_is_a_gap_and_nothing_a_line()
    {
        var drawing = new ChartDrawing(View());

        Assert.Equal("", drawing.Line());
        Assert.Equal((From, From.AddMinutes(60)), (drawing.Gaps[0].From, drawing.Gaps[0].To));
        Assert.Equal([0, 1], drawing.ValueMarks);
    }

    [Fact]
    public void A_lone_reading_between_two_gaps_is_a_dot()
    {
        var drawing = new ChartDrawing(View((30, 5)));

        Assert.Equal($"M{X(30)} {Y(drawing, 5)}L{X(30)} {Y(drawing, 5)}", drawing.Line());

        static string X(double minute) => ChartDrawing.Coordinate(
            ChartDrawing.PlotLeft + (minute / 60 * (ChartDrawing.PlotRight - ChartDrawing.PlotLeft)));
        static string Y(ChartDrawing drawing, double value) => ChartDrawing.Coordinate(drawing.Y(value));
    }

    [Fact]
    public void A_contact_holds_its_state_until_the_next_word()
    {
        var view = View((0, 0), (30, 1)) with { IsStep = true, GapAfter = TimeSpan.MaxValue };
        var drawing = new ChartDrawing(view);

        var corner = $"L{ChartDrawing.Coordinate(drawing.X(From.AddMinutes(30)))} ";
        Assert.Contains($"{corner}{ChartDrawing.Coordinate(drawing.Y(0))}{corner}{ChartDrawing.Coordinate(drawing.Y(1))}", drawing.Line());
        Assert.Equal([0, 1, 2], drawing.ValueMarks);
    }

    [Fact]
    public void The_limit_is_always_on_the_sheet()
    {
        var drawing = new ChartDrawing(View((0, 1), (5, 1)) with { Limit = 40 });

        Assert.True(drawing.ValueMarks[^1] >= 40);
        Assert.InRange(drawing.Y(40), ChartDrawing.PlotTop, drawing.PlotBottom);
    }

    [Fact]
    public void What_is_below_zero_has_its_place()
    {
        var drawing = new ChartDrawing(View((0, -12), (5, 3)));

        Assert.True(drawing.Bottom <= -12);
        Assert.True(drawing.Y(-12) > drawing.Y(3));
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(15, 5)]
    [InlineData(9, 2.5)]
    [InlineData(1_200, 500)]
    [InlineData(0, 1)]
    [InlineData(double.NaN, 1)]
    public void Marks_stand_at_round_values(double range, double step) =>
        Assert.Equal(step, ChartDrawing.NiceStep(range));

    [Fact]
    public void Time_marks_are_round_on_the_sites_wall_clock()
    {
        var view = View() with { From = From.AddMinutes(7), To = From.AddHours(6) };

        var marks = new ChartDrawing(view).TimeMarks(Shanghai).ToList();

        Assert.InRange(marks.Count, 4, 7);
        Assert.All(marks, mark => Assert.Equal(0, TimeZoneInfo.ConvertTime(mark, Shanghai).Minute));
        Assert.All(marks, mark => Assert.InRange(mark, view.From, view.To));
    }

    private static ChartView View(params (double Minute, double Value)[] values) => new(
        "1201", "l/h", From, From.AddMinutes(60),
        [.. values.Select(value => new ChartValue(From.AddMinutes(value.Minute), value.Value))],
        null, null, TimeSpan.FromMinutes(15), []);
}
