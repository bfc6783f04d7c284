using Hub.Rules.Site;

namespace Hub.Gateway.Homecoming;

/// <summary>One thing to do before an owner comes home.</summary>
/// <param name="What">air, clean, flush or check.</param>
/// <param name="DueAt">When its order is raised.</param>
/// <param name="Order">Its order; null before.</param>
public sealed record HomecomingStep(string What, DateTimeOffset DueAt, long? Order = null);

/// <summary>
/// A return that an owner has announced (归家即住): orders to air, clean, flush and check, each at its time, a window in
/// which the rules expect them, and the unit is lived in from the arrival on. Pure.
/// </summary>
/// <param name="Unit">Which.</param>
/// <param name="ArrivesAt">When the owner comes.</param>
/// <param name="AnnouncedAt">When it was announced.</param>
/// <param name="By">Who wrote it down.</param>
/// <param name="Steps">What is to be done, in order.</param>
public sealed record HomecomingPlan(
    string Unit, DateTimeOffset ArrivesAt, DateTimeOffset AnnouncedAt, string By, IReadOnlyList<HomecomingStep> Steps)
{
    /// <summary>An owner who comes sooner than the steps need gets them all at once, in their order.</summary>
    public static HomecomingPlan Make(
        string unit, DateTimeOffset arrivesAt, string by, DateTimeOffset now, HomecomingPolicy policy) => new(
        unit, arrivesAt.ToUniversalTime(), now, by,
        [
            .. policy.Steps.Select(step => new HomecomingStep(
                step.What, arrivesAt - step.Before > now ? (arrivesAt - step.Before).ToUniversalTime() : now)),
        ]);

    /// <summary>The reason of its window.</summary>
    public const string Reason = "homecoming";

    /// <summary>The window of the date before this one, until it is withdrawn.</summary>
    public PlannedWindow? Replaces { get; init; }

    /// <summary>From the first step on somebody goes in and out.</summary>
    public PlannedWindow Window => new(Unit, Steps.Min(step => step.DueAt), ArrivesAt, Reason);

    /// <summary>
    /// This plan in the place of another: what was ordered already is not ordered again for another date.
    /// </summary>
    public HomecomingPlan InsteadOf(HomecomingPlan before) => before.Steps.Where(step => step.Order is not null)
        .Aggregate(
            this with { Replaces = before.Window == Window ? before.Replaces : before.Window },
            (made, step) => made.With(step));

    /// <summary>The steps whose time has come and that have no order yet.</summary>
    public IEnumerable<HomecomingStep> Due(DateTimeOffset now) =>
        Steps.Where(step => step.Order is null && step.DueAt <= now);

    public HomecomingPlan With(HomecomingStep done) =>
        this with { Steps = [.. Steps.Select(step => step.What == done.What ? done : step)] };
}
