namespace Hub.Gateway.Facilities;

/// <summary>A plan in the book.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Version">Of the plan as a person wrote it.</param>
public sealed record PlanEntry(PlanStatus Status, int Version)
{
    public MaintenancePlan Plan => Status.Plan;
}
