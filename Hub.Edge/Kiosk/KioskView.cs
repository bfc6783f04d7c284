namespace Hub.Edge.Kiosk;

/// <summary>All that a rendering may depend on; two equal views look the same.</summary>
/// <param name="CallId">The press that a cancellation would take back; null where there is nothing to cancel.</param>
/// <param name="PressedAt">When the call was made, on the building's clock.</param>
/// <param name="PromisedAt">By when somebody comes; null if nobody has said, or if that time has passed.</param>
/// <param name="HasUnsent">A press is recorded here that the hub has not confirmed.</param>
/// <param name="IsUndecided">A press is on its way to the hub and durable nowhere yet.</param>
/// <param name="IsLinked">The hub can be reached now.</param>
public sealed record KioskView(
    KioskFace Face, string? CallId, DateTimeOffset? PressedAt, DateTimeOffset? PromisedAt, bool HasUnsent,
    bool IsUndecided, bool IsLinked);
