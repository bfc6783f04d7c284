namespace Hub.Gateway.Series;

/// <summary>How fast a register rose over one stretch; null where that is not known.</summary>
public readonly record struct Rate(long FromTicks, long ToTicks, double? Value)
{
    public DateTimeOffset From => new(FromTicks, TimeSpan.Zero);

    public DateTimeOffset To => new(ToTicks, TimeSpan.Zero);
}
