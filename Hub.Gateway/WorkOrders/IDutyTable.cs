namespace Hub.Gateway.WorkOrders;

/// <summary>One roster; immutable, so that a decision is made on one and can be made again.</summary>
public interface IDutyTable
{
    /// <summary>The site's own ladder; empty for the standard.</summary>
    IReadOnlyList<LadderRung> Ladder { get; }

    /// <summary>Who is called when that role is to come to that space.</summary>
    /// <param name="role">The rung of the ladder, or whom an order is for.</param>
    /// <param name="spaceId">Where to.</param>
    /// <param name="at">When.</param>
    /// <param name="isUrgent">Quiet hours don't count.</param>
    Called Whom(string role, string spaceId, DateTimeOffset at, bool isUrgent);

    /// <summary>Everybody of that role, on shift or not: for when nobody is.</summary>
    IReadOnlyList<string> Everybody(string role);
}
