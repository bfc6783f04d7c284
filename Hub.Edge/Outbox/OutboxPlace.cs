using Hub.Transport.Log;

namespace Hub.Edge.Outbox;

/// <summary>Where a row is: a position means nothing without the life of the file it belongs to.</summary>
public readonly record struct OutboxPlace(long Epoch, LogPosition Position)
{
    /// <summary>A row at this place is covered by a confirmation up to the other one.</summary>
    public bool IsWithin(OutboxPlace other) => Epoch == other.Epoch && Position <= other.Position;
}
