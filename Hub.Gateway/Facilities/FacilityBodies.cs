using Hub.Rules.Site;

namespace Hub.Gateway.Facilities;

/// <summary>What a client sends: the whole of it; what is left out is empty.</summary>
public static class FacilityBodies
{
    /// <param name="Name">With the place, only for a facility that the site doesn't know yet.</param>
    /// <param name="Type">pump-house, lift, tank …; other if left out.</param>
    /// <param name="InspectionDueOn">By when the next inspection that the law asks for has to be.</param>
    /// <param name="Vendor">An id of the list.</param>
    public sealed record Facility(
        string? Name, string? Building, string? Entrance, int? Floor, string? Type, string? Location, string? Maker,
        string? Model, string? Serial, DateOnly? InServiceOn, DateOnly? InspectionDueOn, string? Vendor)
    {
        public FacilityLine Line(string id) => new(
            new Space(
                id, SpaceKind.Facility, Said(Name) is { Length: > 0 } name ? name : id, Said(Building), Said(Entrance),
                Floor),
            new FacilityCard(
                id, Said(Type) is { Length: > 0 } type ? type : "other", Said(Location), Said(Maker), Said(Model),
                Said(Serial), InServiceOn, InspectionDueOn, Said(Vendor)));
    }

    /// <param name="Every">2 weeks, 3 months, 1 year …</param>
    /// <param name="Hours">After so many hours run.</param>
    /// <param name="Anchor">due (if left out) or done.</param>
    /// <param name="From">The day on which it was done last, or from which it counts; today if left out.</param>
    /// <param name="Audience">engineer (if left out), butler or chief.</param>
    /// <param name="Vendor">An id of the list, where it isn't the facility's own.</param>
    public sealed record Plan(
        string? Name, string? Every, int? Hours, string? Anchor, DateOnly? From, int? LeadDays, string? Checklist,
        string? Audience, string? Vendor)
    {
        /// <summary>Null where the period or the anchor is none.</summary>
        public MaintenancePlan? Read(string facility, string id, DateOnly today)
        {
            var period = Period.Read(Every);
            PlanAnchor? anchor = Said(Anchor) switch
            {
                "" or "due" => PlanAnchor.Due,
                "done" => PlanAnchor.Done,
                _ => null,
            };
            return anchor is not { } counts || (period is null && Said(Every).Length > 0)
                ? null
                : new MaintenancePlan(
                    facility, id, Said(Name), From ?? today, period, Hours, counts, LeadDays ?? 0,
                    Said(Checklist).ReplaceLineEndings("\n"),
                    Said(Audience) is { Length: > 0 } audience ? audience : "engineer", Said(Vendor));
        }
    }

    /// <param name="ContractUntil">The last day of its contract.</param>
    /// <param name="Hours">When it can be reached.</param>
    public sealed record Vendor(string? Name, string? Trade, string? Phone, DateOnly? ContractUntil, string? Hours)
    {
        public Facilities.Vendor Read(string id) =>
            new(id, Said(Name), Said(Trade), Said(Phone), ContractUntil, Said(Hours));
    }

    private static string Said(string? text) => text?.Trim() ?? "";
}
