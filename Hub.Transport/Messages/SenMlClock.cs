namespace Hub.Transport.Messages;

/// <summary>What the sender says of its clock: the label ct on a pack's first record.</summary>
public enum SenMlClock
{
    Unstated = 0,
    Synced,

    /// <summary>From before the time was known, worked out later.</summary>
    Estimated,
    Unsynced,
}
