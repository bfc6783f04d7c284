namespace Hub.Rules.Readings;

/// <summary>
/// The readable, stable name of one commissioned point: <c>{edge}/{device}/{signal}</c>, such as
/// <c>edge-b1/w-0301/water.volume</c>; a device that is its own edge leaves the middle out
/// (<c>load-7/water.volume</c>).
/// </summary>
public readonly record struct PointId(string Value)
{
    public override string ToString() => Value;
}
