using Hub.Gateway.Storage;

namespace Hub.Gateway.Web.Devices;

/// <summary>What edges have counted and the hub has not got, a line per edge and day.</summary>
/// <param name="Missing">Readings that are missing now.</param>
/// <param name="Refilled">Readings that were missing and came after all.</param>
/// <param name="GivenUp">Readings in gaps that were too many to be named.</param>
/// <param name="Days">The newest first.</param>
public sealed record LossesView(long Missing, long Refilled, long GivenUp, IReadOnlyList<LossDayView> Days)
{
    /// <summary>Databases that were damaged, the newest first.</summary>
    public IReadOnlyList<DatabaseRecovery> Recoveries { get; init; } = [];
}
