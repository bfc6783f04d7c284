using Hub.Gateway.Notify;

namespace Hub.Gateway.Web.Roster;

/// <summary>The ways in which people are told, and what was told.</summary>
/// <param name="Channels">In the order of the file; of one person, those by which that person is told.</param>
/// <param name="Lines">What was sent, the newest first.</param>
/// <param name="Person">Whose it is, where only one person's is shown.</param>
public sealed record ChannelsView(
    IReadOnlyList<ChannelState> Channels, IReadOnlyList<DeliveryLine> Lines, string? Person)
{
    /// <summary>The channels that the visitor may try.</summary>
    public IReadOnlySet<string> Testable { get; init; } = new HashSet<string>();

    /// <summary>The visitor may pause the person's own channels.</summary>
    public bool MayPause { get; init; }

    /// <summary>All that would ring for the person now is paused.</summary>
    public bool IsStill { get; init; }

    /// <summary>Why something was not done; null if nothing was refused.</summary>
    public string? Trouble { get; init; }

    /// <summary>That a test has arrived; null if none was sent.</summary>
    public string? Done { get; init; }
}
