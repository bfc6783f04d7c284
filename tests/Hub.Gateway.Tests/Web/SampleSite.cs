using Hub.Gateway.WorkOrders;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Web;

/// <summary>A small compound: two entrances, three floors each, a pump house, two vacant units with meters.</summary>
public sealed class SampleSite : IPremises
{
    public const string Leaking = "b3-e2-1201";
    public const string Lobby = "b3-e2-lobby";
    public static readonly PointNumber Water = new(1);
    public static readonly PointNumber Door = new(2);

    public SiteSnapshot Current { get; private set; } = Build();

    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public string Hotline => "400-000-5341";

    public ValueTask PlanAsync(PlannedWindow window, CancellationToken cancel)
    {
        Current = Current.With(new SiteChange.WindowPlanned(window));
        return ValueTask.CompletedTask;
    }

    public ValueTask WithdrawAsync(PlannedWindow window, DateTimeOffset at, CancellationToken cancel)
    {
        Current = Current.With(new SiteChange.WindowWithdrawn(window, at));
        return ValueTask.CompletedTask;
    }

    private static SiteSnapshot Build()
    {
        var site = SiteSnapshot.Empty;
        foreach (var entrance in new[] { 1, 2 })
        {
            site = Add(site, new Space(
                $"b3-e{entrance}-lobby", SpaceKind.Lobby, $"3 栋 {entrance} 单元 大堂", "b3", $"b3-e{entrance}"));
            foreach (var floor in new[] { 10, 11, 12 })
            {
                foreach (var door in new[] { 1, 2, 3 })
                {
                    site = Add(site, Unit(entrance, floor, door));
                }
            }
        }

        site = Add(site, new Space("pump-a", SpaceKind.Facility, "泵房 A"));
        return site
            .With(new SiteChange.PointCommissioned(new Point(
                Water, "edge-b3", "w-1201", Signal.WaterVolume, Leaking, new Meter(), TimeSpan.FromMinutes(5))))
            .With(new SiteChange.PointCommissioned(new Point(Door, "edge-b3", "d-1201", Signal.DoorOpen, Leaking)));
    }

    private static Space Unit(int entrance, int floor, int door)
    {
        var id = $"b3-e{entrance}-{floor}{door:00}";
        var space = new Space(
            id, SpaceKind.Unit, $"3 栋 {entrance} 单元 {floor}{door:00}", "b3", $"b3-e{entrance}", floor);
        return id switch
        {
            Leaking => space with { Occupancy = Occupancy.Custody, VacantSince = PagesHub.T0.AddDays(-202) },
            "b3-e1-1102" => space with { Occupancy = Occupancy.Unsold },
            _ => space,
        };
    }

    private static SiteSnapshot Add(SiteSnapshot site, Space space) => site.With(new SiteChange.SpaceDefined(space));
}
