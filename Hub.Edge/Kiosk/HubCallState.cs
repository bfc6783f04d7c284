using Hub.Transport.Messages;

namespace Hub.Edge.Kiosk;

/// <summary>What the hub last said about this lobby.</summary>
public sealed record HubCallState(KioskState Word, DateTimeOffset? PressedAt = null, DateTimeOffset? PromisedAt = null)
{
    public static readonly HubCallState Idle = new(KioskState.Idle);

    public bool IsOpen => Word is KioskState.Calling or KioskState.Accepted or KioskState.Late;
}
