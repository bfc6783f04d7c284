namespace Hub.Edge.Kiosk;

/// <summary>The call that this screen is about.</summary>
/// <param name="Id">The press's id.</param>
/// <param name="PressedAt">On the building's clock.</param>
/// <param name="Since">On real time; the same for the other instants.</param>
public sealed record KioskCall(string Id, DateTimeOffset PressedAt, DateTimeOffset Since)
{
    public bool IsRecorded { get; init; }

    /// <summary>When the hub confirmed it; null until then.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The hub has spoken of this call.</summary>
    public bool IsKnownToHub { get; init; }

    public int Repeats { get; init; }

    public DateTimeOffset? RepeatedAt { get; init; }
}
