namespace Hub.Gateway.Facilities;

/// <summary>A plan as it stands.</summary>
/// <param name="Version">Its ETag.</param>
/// <param name="DueOn">Its next date, or its open order's; null by hours alone.</param>
/// <param name="Ran">Hours run since the last time; null where they don't count, or no point says.</param>
/// <param name="Overdue">Its date or its hours have gone by.</param>
/// <param name="Skipped">Dates that went by without maintenance since the last order's own.</param>
/// <param name="Order">The number of its open order.</param>
/// <param name="DoneAt">When it was done last, as the hub knows it.</param>
public sealed record PlanAnswer(
    string Id, int Version, string Name, string? Every, int? Hours, string Anchor, DateOnly From, int LeadDays,
    string Checklist, string Audience, string Vendor, DateOnly? DueOn, double? Ran, bool Overdue, int Skipped,
    string? Order, DateTimeOffset? DoneAt)
{
    public static PlanAnswer Of(PlanEntry entry, DateOnly today)
    {
        var (plan, status) = (entry.Plan, entry.Status);
        return new(
            plan.Id, entry.Version, plan.Name, plan.Every?.ToString(), plan.Hours,
            plan.Anchor == PlanAnchor.Due ? "due" : "done", plan.From, plan.LeadDays, plan.Checklist, plan.Audience,
            plan.Vendor, status.DueOn, status.Ran is { } ran ? Math.Round(ran.TotalHours, 1) : null,
            status.IsOverdue(today), status.Skipped, status.IsOpen ? status.Turn?.Number : null,
            status.Turn is { IsDone: true } done ? done.EndedAt : null);
    }
}

/// <summary>A facility of the register.</summary>
/// <param name="Version">Its ETag; 0 while nobody has written a card.</param>
/// <param name="Hours">What its machines have run in all, the longest of them; null where no point says.</param>
/// <param name="Orders">The numbers of its open orders.</param>
public sealed record FacilityAnswer(
    string Id, int Version, string Name, string Building, string Entrance, int? Floor, string Type, string Location,
    string Maker, string Model, string Serial, DateOnly? InServiceOn, DateOnly? InspectionDueOn, string Vendor,
    double? Hours, IReadOnlyList<PlanAnswer> Plans, IReadOnlyList<string> Orders);

/// <summary>A page of facilities by id; <c>next</c> is the <c>after</c> of the next page.</summary>
public sealed record FacilityListAnswer(IReadOnlyList<FacilityAnswer> Items, string? Next);

/// <summary>A vendor.</summary>
/// <param name="RunOut">Its contract's last day has gone by.</param>
/// <param name="Facilities">The ids of those that it is in charge of.</param>
public sealed record VendorAnswer(
    string Id, int Version, string Name, string Trade, string Phone, DateOnly? ContractUntil, string Hours, bool RunOut,
    IReadOnlyList<string> Facilities);

/// <summary>All vendors by name.</summary>
public sealed record VendorListAnswer(IReadOnlyList<VendorAnswer> Items);

/// <summary>What a file says otherwise of one field.</summary>
public sealed record FieldAnswer(string Field, string Before, string After);

/// <summary>What a file says otherwise of a facility.</summary>
public sealed record FacilityChangeAnswer(string Facility, IReadOnlyList<FieldAnswer> Fields);

/// <summary>A file of facilities against the register.</summary>
/// <param name="Fingerprint">Send it along as <c>seen</c> to apply exactly this.</param>
/// <param name="Missing">Facilities that the file does not mention; nothing happens to them.</param>
public sealed record FacilityDiffAnswer(
    bool Applied, string Fingerprint, IReadOnlyList<string> Added, IReadOnlyList<FacilityChangeAnswer> Changed,
    IReadOnlyList<string> Missing, int Same)
{
    public static FacilityDiffAnswer Of(FacilityDiff diff, bool applied) => new(
        applied, diff.Fingerprint, [.. diff.Added.Select(line => line.Card.Id)],
        [
            .. diff.Changed.Select(change => new FacilityChangeAnswer(
                change.Line.Card.Id,
                [.. change.Fields.Select(field => new FieldAnswer(field.Field, field.Before, field.After))])),
        ],
        [.. diff.Missing.Select(facility => facility.Space.Id)], diff.Same);
}
