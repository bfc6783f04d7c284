namespace Hub.Gateway.Attach;

/// <summary>How the link to the site's broker stands; part of /api/v1/status.</summary>
/// <param name="Address">Where the broker is.</param>
/// <param name="ClientId">As whom the hub is there.</param>
/// <param name="State">Connecting, Connected, Waiting or Stopped.</param>
/// <param name="Why">Why the last connection ended, or the last attempt failed; null while connected.</param>
/// <param name="Subscribed">Topic filters that the broker has granted.</param>
/// <param name="Refused">And those that it has not: what comes there doesn't reach the hub.</param>
/// <param name="Counters">What has passed.</param>
internal sealed record AttachStatus(
    string Address, string ClientId, string State, string? Why, IReadOnlyList<string> Subscribed,
    IReadOnlyList<string> Refused, AttachCounters Counters);
