using Hub.Gateway.Notify;

namespace Hub.Gateway.Web.Roster;

/// <summary>The ways in which people are told, and what was told.</summary>
/// <param name="Channels">In the order of the file.</param>
/// <param name="Lines">What was sent, the newest first.</param>
/// <param name="Person">Whose it is, where only one person's is shown.</param>
/// <param name="CanTest">The visitor may try a channel.</param>
/// <param name="Trouble">Why a test did not arrive.</param>
/// <param name="Done">That one did.</param>
public sealed record ChannelsView(
    IReadOnlyList<ChannelState> Channels, IReadOnlyList<DeliveryLine> Lines, string? Person, bool CanTest,
    string? Trouble, string? Done);
