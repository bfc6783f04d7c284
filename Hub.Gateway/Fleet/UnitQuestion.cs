using Hub.Rules.Readings;

namespace Hub.Gateway.Fleet;

/// <summary>
/// A point in service comes in another unit than was agreed on; its readings wait for what a person says.
/// </summary>
/// <param name="Point">The point.</param>
/// <param name="Unit">The unit it comes in now, as its device writes it.</param>
/// <param name="Readings">Readings that wait.</param>
/// <param name="FirstAt">Their first time.</param>
/// <param name="First">The value then, as sent.</param>
/// <param name="SeenAt">When the last of them arrived.</param>
/// <param name="Last">Its value, as sent.</param>
public sealed record UnitQuestion(
    PointNumber Point, string Unit, long Readings, DateTimeOffset FirstAt, double First, DateTimeOffset SeenAt,
    double Last);
