namespace Hub.Gateway.Web.Devices;

/// <summary>A point that comes in another unit, and what is asked about it.</summary>
/// <param name="Point">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it is.</param>
/// <param name="UnitBefore">The unit it came in so far.</param>
/// <param name="Unit">The unit it comes in now.</param>
/// <param name="KeptIn">The signal's own unit, in which registers are said.</param>
/// <param name="HasMeter">Whether there is a meter that can have been exchanged.</param>
/// <param name="Readings">Readings that wait.</param>
/// <param name="FirstAt">Since when.</param>
/// <param name="First">The value then, as sent.</param>
/// <param name="Last">The last one, as sent.</param>
public sealed record UnitQuestionView(
    int Point, string Name, string Place, string UnitBefore, string Unit, string KeptIn, bool HasMeter, long Readings,
    DateTimeOffset FirstAt, double First, double Last);
