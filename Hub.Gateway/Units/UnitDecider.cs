using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>
/// What moving in and out, and announcing that somebody will be in a vacant unit, comes to on the site as it is. Pure.
/// </summary>
public static class UnitDecider
{
    /// <summary>Somebody lives there, or the unit is vacant in that way, from then on.</summary>
    /// <param name="site">As it is.</param>
    /// <param name="unit">Which.</param>
    /// <param name="to">Occupied for moving in, else how it is vacant.</param>
    /// <param name="at">Since when.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">The present.</param>
    /// <param name="policy">The limits.</param>
    public static UnitDecision Move(
        SiteSnapshot site, string unit, Occupancy to, DateTimeOffset at, string by, DateTimeOffset now,
        UnitPolicy policy)
    {
        if (Find(site, unit) is not { } space)
        {
            return Unknown(unit);
        }

        if (space.Occupancy == to)
        {
            return UnitDecision.No(UnitFault.AlreadySo, $"{unit} is {UnitWords.Of(to)} already.");
        }

        if (at > now || at < now - policy.LateMax || at < space.VacantSince)
        {
            return UnitDecision.No(
                UnitFault.TimeOutOfRange,
                $"Give an instant up to now, at most {policy.LateMax.Days} days back and not before the last move.");
        }

        // Still vacant, in another way: the day on which it was left stays, and the rules have nothing to learn.
        var judgedFrom = space.IsVacant && to != Occupancy.Occupied ? now : at;
        return UnitDecision.Done(new SiteChange.OccupancyChanged(unit, to, judgedFrom, By: by));
    }

    /// <summary>Somebody will be there: what moves then is no intrusion and no leak.</summary>
    public static UnitDecision Plan(
        SiteSnapshot site, PlannedWindow window, DateTimeOffset now, UnitPolicy policy)
    {
        if (Find(site, window.SpaceId) is not { } space)
        {
            return Unknown(window.SpaceId);
        }

        if (!space.IsVacant || !UnitPolicy.Reasons.Contains(window.Reason))
        {
            return UnitDecision.No(
                UnitFault.NoWindowFor,
                $"A window is for a vacant unit; its reason is one of {string.Join(", ", UnitPolicy.Reasons)}.");
        }

        if (window.To <= window.From || window.To <= now || window.From > now + policy.AheadMax
            || window.To - window.From > policy.WindowMax)
        {
            return UnitDecision.No(
                UnitFault.WindowOutOfRange,
                $"A window ends after now and after it begins, within {policy.WindowMax.Days} days, "
                + $"and begins within {policy.AheadMax.Days} days.");
        }

        return Windows(site, window.SpaceId).Contains(window)
            ? UnitDecision.No(UnitFault.AlreadySo, "That window is announced already.")
            : UnitDecision.Done(new SiteChange.WindowPlanned(window));
    }

    /// <summary>Nobody comes after all, or they have gone: from now on the rules judge as before.</summary>
    public static UnitDecision Withdraw(SiteSnapshot site, PlannedWindow window, DateTimeOffset now) =>
        UnitPolicy.Reasons.Contains(window.Reason) && window.To > now && Windows(site, window.SpaceId).Contains(window)
            ? UnitDecision.Done(new SiteChange.WindowWithdrawn(window, now))
            : UnitDecision.No(
                UnitFault.NoSuchWindow, "No such window is still to end. A visit ends with its order.");

    private static Space? Find(SiteSnapshot site, string unit) =>
        site.Spaces.GetValueOrDefault(unit) is { Kind: SpaceKind.Unit } space ? space : null;

    private static IReadOnlyList<PlannedWindow> Windows(SiteSnapshot site, string unit) =>
        site.Windows.GetValueOrDefault(unit, []);

    private static UnitDecision Unknown(string unit) =>
        UnitDecision.No(UnitFault.UnknownUnit, $"There is no unit {unit}.");
}
