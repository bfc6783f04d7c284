namespace Hub.Gateway.WorkOrders;

/// <summary>What a client sends with each step; what is left out is empty, and the desk says if it is needed.</summary>
public static class OrderBodies
{
    /// <param name="Space">Where.</param>
    /// <param name="Kind">request, complaint, repair, major-repair, leak …</param>
    /// <param name="Words">What is wanted.</param>
    /// <param name="Matter">
    /// What tells it from another open order of its kind there, which it would be otherwise; may be left out.
    /// </param>
    /// <param name="Priority">notice, normal (if left out) or urgent.</param>
    /// <param name="At">When the customer called, if that was before now.</param>
    /// <param name="AppointedFor">When somebody is to be there, if not at once.</param>
    public sealed record Raise(
        string? Space, string? Kind, string? Words, string? Matter, string? Priority, DateTimeOffset? At,
        DateTimeOffset? AppointedFor);

    /// <param name="How">face, phone or message.</param>
    /// <param name="NewTime">At most 4 hours after the start.</param>
    public sealed record Explain(string? How, string? ToWhom, string? Words, DateTimeOffset NewTime);

    public sealed record Hand(string? Vendor, string? What);

    public sealed record Commit(DateTimeOffset DueAt, string? How);

    /// <param name="How">face, phone or message.</param>
    public sealed record Appoint(DateTimeOffset For, string? How);

    /// <param name="Cause">A cause code: false-alarm, tap-open, pipe …</param>
    public sealed record Resolve(string? Cause, string? Remark);

    /// <param name="Rating">1 to 5.</param>
    public sealed record FollowUp(string? How, string? Result, int? Rating);

    public sealed record Because(string? Reason);

    public sealed record Say(string? Words);

    /// <param name="Into">The id of the order that goes on.</param>
    public sealed record Merge(long Into);
}
