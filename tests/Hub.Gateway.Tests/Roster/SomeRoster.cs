using Hub.Gateway.Roster;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Roster;

/// <summary>Two grids of one building, butlers by day, a desk around the clock, a chief and a director.</summary>
internal static class SomeRoster
{
    public static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public const string People = """
        person,name,role,language,phone,quiet
        butler-07,王芳,butler,zh-Hans,138-0000-0007,
        butler-08,Li Wei,butler,en,138-0000-0008,
        butler-09,Zhao Min,butler,,,
        desk-1,Desk One,hotline,,,
        desk-2,Desk Two,hotline,,,
        chief-01,Chen Jing,chief,,138-0000-0001,22:00-06:00
        director-01,Sun Li,director,,,
        """;

    public const string Grids = """
        grid,name,places,partners
        g1,Entrance 1,b1-e1,g2
        g2,Entrance 2,b1-e2-*,g1
        """;

    public const string Shifts = """
        person,grid,days,hours,since
        butler-07,g1,xx--,07:00-23:00,2026-11-01
        butler-09,g1,--xx,07:00-23:00,2026-11-01
        butler-08,g2,mon-fri,07:00-23:00,2026-11-01
        desk-1,,daily,08:00-20:00,2026-11-01
        desk-2,,daily,20:00-08:00,2026-11-01
        chief-01,,daily,00:00-24:00,2026-11-01
        director-01,,daily,00:00-24:00,2026-11-01
        """;

    public static readonly SiteSnapshot Compound = new[]
    {
        new Space("b1-e1-lobby", SpaceKind.Lobby, "Lobby 1", "b1", "b1-e1"),
        new Space("b1-e1-0301", SpaceKind.Unit, "1-301", "b1", "b1-e1", 3),
        new Space("b1-e2-lobby", SpaceKind.Lobby, "Lobby 2", "b1", "b1-e2"),
        new Space("pump-a", SpaceKind.Facility, "Pump house"),
    }.Aggregate(SiteSnapshot.Empty, (site, space) => site.With(new SiteChange.SpaceDefined(space)));

    public static IReadOnlyList<RosterFile> Files(
        string? people = null, string? grids = null, string? shifts = null, string? ladder = null) =>
    [
        new("people.csv", people ?? People), new("grids.csv", grids ?? Grids), new("shifts.csv", shifts ?? Shifts),
        .. ladder is null ? Array.Empty<RosterFile>() : [new("ladder.csv", ladder)],
    ];

    public static RosterSheet Sheet(string? people = null, string? grids = null, string? shifts = null)
    {
        var read = RosterReader.Read(Files(people, grids, shifts), Compound);
        return read.Value ?? throw new InvalidOperationException(read.ToString());
    }

    public static DutyTable Duty(RosterSheet? sheet = null, TimeZoneInfo? zone = null, params Cover[] covers) =>
        new(sheet ?? Sheet(), covers, Compound, zone ?? Shanghai);

    /// <summary>An instant by the clocks of Shanghai, in November 2026.</summary>
    public static DateTimeOffset Nov(int day, int hour, int minute = 0) =>
        new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(8));
}
