using Hub.Gateway.Facilities;
using Hub.Rules.Site;

namespace Hub.AllInOne;

/// <summary>The shared plant of the demo's compound: a pump house that runs, a lift, their plans and two vendors.</summary>
internal sealed class DemoFacilities(FacilityBook book, VendorBook vendors, PlanBook plans)
{
    private const string Pump = "pump-a";
    private const string Lift = "lift-b1-e1";

    public async Task WriteAsync(CancellationToken cancel)
    {
        var today = plans.Today;
        Vendor[] firms =
        [
            new("water", "清源水务", "水泵与水箱", "400-000-0011", today.AddDays(200), "07:00-22:00"),
            new("lifts", "恒升电梯", "电梯维保", "400-000-0012", today.AddDays(-10), "24 h"),
        ];
        FacilityLine[] lines =
        [
            new(
                new Space(Pump, SpaceKind.Facility, Pump),
                new FacilityCard(
                    Pump, "pump-house", "地下一层", "Wilo", "COR-3 MVI", "W-2019-0042", new DateOnly(2019, 5, 1),
                    null, "water")),
            new(
                new Space(Lift, SpaceKind.Facility, "1 栋 1 单元电梯", "b1", "b1-e1"),
                new FacilityCard(
                    Lift, "lift", "1 单元", "Kone", "MonoSpace", "K-2019-1107", new DateOnly(2019, 6, 1),
                    today.AddDays(40), "lifts")),
        ];
        MaintenancePlan[] upkeep =
        [
            new(
                Pump, "seals", "检查轴封和轴承", today.AddDays(-20), new Period(1, PeriodUnit.Months), Hours: 2_000,
                LeadDays: 7, Checklist: "轴封无渗漏\n轴承无异响\n气压罐压力正常"),
            new(
                Lift, "fortnight", "半月维保", today.AddDays(-5), new Period(15, PeriodUnit.Days), LeadDays: 3,
                Checklist: "层门与轿门\n制动器\n对讲"),
        ];
        var refusals = new List<FacilityRefusal?>();
        foreach (var firm in firms)
        {
            refusals.Add(await vendors.PutAsync(firm, null, cancel));
        }

        foreach (var line in lines)
        {
            refusals.Add(await book.PutAsync(line, null, cancel));
        }

        foreach (var plan in upkeep)
        {
            refusals.Add(await plans.PutAsync(plan, null, cancel));
        }

        if (refusals.OfType<FacilityRefusal>().FirstOrDefault() is { } refusal)
        {
            throw new InvalidOperationException(refusal.Sentence);
        }
    }
}
