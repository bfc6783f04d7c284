using Hub.Edge.Kiosk;

namespace Hub.Edge.Forwarding;

/// <summary>What a hub may ask an edge to do at once.</summary>
/// <param name="Id">The command's own id: the same one twice is done once.</param>
/// <param name="Expires">After this it is not done any more; null for never.</param>
public abstract record EdgeCommand(string Id, DateTimeOffset? Expires)
{
    /// <summary>Lights these lamps of a device for a time, in place of what they show.</summary>
    public sealed record Lamp(string Id, DateTimeOffset? Expires, string Device, LampColours Colours, TimeSpan For)
        : EdgeCommand(Id, Expires);

    public sealed record Buzzer(string Id, DateTimeOffset? Expires, string Device, TimeSpan For)
        : EdgeCommand(Id, Expires);

    /// <summary>All lamps blink and the buzzer beeps, so that somebody on a ladder knows which box this is.</summary>
    public sealed record Identify(string Id, DateTimeOffset? Expires, TimeSpan For) : EdgeCommand(Id, Expires);

    /// <summary>Sends again what was acknowledged under these numbers, as far as it is still kept.</summary>
    /// <param name="Epoch">Of which lane.</param>
    /// <param name="From">The first number.</param>
    /// <param name="To">The last number.</param>
    public sealed record Resend(string Id, DateTimeOffset? Expires, long Epoch, long From, long To)
        : EdgeCommand(Id, Expires);

    public sealed record Ping(string Id, DateTimeOffset? Expires) : EdgeCommand(Id, Expires);
}
