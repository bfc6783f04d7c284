using Hub.Gateway.Inspections;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Inspections;

public class ReportCheckTests
{
    private const string Unit = "b1-0301";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
    private static readonly InspectionPolicy Policy = new();
    private static readonly SiteSnapshot Site = SiteSnapshot.Empty
        .With(new SiteChange.SpaceDefined(new Space(Unit, SpaceKind.Unit, "301", Occupancy: Occupancy.Custody)))
        .With(new SiteChange.PointCommissioned(new Point(
            new PointNumber(1), "e", "w", Signal.WaterVolume, Unit, new Meter(RolloverAt: 1_000))))
        .With(new SiteChange.PointCommissioned(new Point(new PointNumber(2), "e", "d", Signal.DoorOpen, Unit)));

    private static readonly InspectionReport Good = InspectionReports.Of(
        "2026-11", Unit, Now, new CheckAnswer("walls", "fail", "quality", "crack over the window")) with
    {
        Registers = [new DialReading(1, 12.5)],
        Photos = [new PhotoNote(new string('a', 64), 1_000, "walls")],
    };

    [Fact]
    public void A_report_that_is_right_has_no_fault() => Assert.Empty(Faults(Good));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var faults = Faults(new InspectionReport(
            "2026-11", "b9", Now.AddHours(1),
            [
                new CheckAnswer("walls", "fail"), new CheckAnswer("roof", "pass"), new CheckAnswer("floor", "so-so"),
                .. Checklist.Items.Where(item => item is not "doors").Select(item => new CheckAnswer(item, "pass")),
            ],
            [new DialReading(1, 1), new DialReading(1, 2)],
            [new PhotoNote("ABC", 0)], new string('x', 2_001)));

        Assert.Equal(
            ["unit", "at", "remark", "answers", "registers", "photos"],
            faults.Select(fault => fault.Split(':')[0]).Distinct());
        Assert.Contains("answers: doors has to be answered once", faults);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(9, 5)]
    [InlineData(1, 1_000)]
    [InlineData(1, -1)]
    [InlineData(1, double.NaN)]
    public void Only_a_dial_of_the_unit_is_read_and_only_what_it_can_show(int point, double value) =>
        Assert.Single(Faults(Good with { Registers = [new DialReading(point, value)] }));

    [Fact]
    public void What_a_wire_leaves_out_is_nothing_and_no_crash()
    {
        var report = new InspectionReport(null!, null!, Now, [null!], null!, [null!], null!).Whole();

        Assert.Equal(11, Faults(report).Count);
    }

    private static IReadOnlyList<string> Faults(InspectionReport report) =>
        ReportCheck.Faults(report, Site, Now, Policy);
}
