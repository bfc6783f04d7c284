namespace Hub.Gateway.Units;

/// <summary>What a client sends; what is left out is now, or empty.</summary>
public static class UnitBodies
{
    /// <param name="At">Since when; now if left out.</param>
    public sealed record MoveIn(DateTimeOffset? At);

    /// <param name="State">unsold, unlet, notMovedIn or custody.</param>
    /// <param name="At">Since when; now if left out.</param>
    public sealed record MoveOut(string? State, DateTimeOffset? At);

    /// <param name="Reason">inspection, viewing, cleaning, flushing, renovation or homecoming.</param>
    public sealed record Window(DateTimeOffset From, DateTimeOffset To, string? Reason);

    /// <param name="Number">The owner's file number, never a name; empty takes it off.</param>
    public sealed record Owner(string? Number);
}
