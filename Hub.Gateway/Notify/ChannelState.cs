namespace Hub.Gateway.Notify;

/// <summary>One channel, and how it does.</summary>
/// <param name="Id">Its name in the file.</param>
/// <param name="Kind">webhook, weCom, dingTalk, feishu, mail or mqtt.</param>
/// <param name="Where">Where it goes, without what in the address is secret.</param>
/// <param name="Person">Whose own it is; null for one that many read.</param>
/// <param name="Tells">The roles it reaches; empty for everybody.</param>
/// <param name="Waiting">What waits to be sent.</param>
/// <param name="SentAt">When it has last delivered something; null for never.</param>
/// <param name="FailingSince">Since when nothing gets through; null if it works.</param>
/// <param name="Why">Why not.</param>
public sealed record ChannelState(
    string Id, string Kind, string Where, string? Person, IReadOnlyCollection<string> Tells, int Waiting,
    DateTimeOffset? SentAt, DateTimeOffset? FailingSince, string? Why);
