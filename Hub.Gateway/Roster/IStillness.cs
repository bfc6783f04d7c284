namespace Hub.Gateway.Roster;

/// <summary>
/// Who has paused every way of their own to be told. For the roster that is as their quiet hours are: called for
/// emergencies, or if nobody else is left.
/// </summary>
public interface IStillness
{
    /// <summary>Whether somebody is still at an instant, as it is known now; the answer to the same question stays the
    /// same.</summary>
    Func<string, DateTimeOffset, bool> Now { get; }

    /// <summary>Reads what is on the disk.</summary>
    Task LoadAsync(CancellationToken cancel);
}
