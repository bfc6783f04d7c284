using Hub.Gateway.Fleet;

namespace Hub.Gateway.Web.Devices;

/// <summary>One device.</summary>
/// <param name="Id">Its site-wide id.</param>
/// <param name="Place">Where it is, as people say it.</param>
/// <param name="Signals">What it measures: names of signals.</param>
/// <param name="State">A key of the <c>health</c> words.</param>
/// <param name="Suspicion">Why it is not well though it reports; or null.</param>
/// <param name="SeenAt">Its last reading's own time.</param>
/// <param name="ArrivedAt">When that reached the hub.</param>
/// <param name="Every">How often a reading is expected; null if it reports on change.</param>
/// <param name="Readings">Readings taken from it.</param>
public sealed record DeviceView(
    string Id, string Place, IReadOnlyList<string> Signals, string State, Suspicion? Suspicion, DateTimeOffset? SeenAt,
    DateTimeOffset? ArrivedAt, TimeSpan? Every, long Readings);
