namespace Hub.Rules.Readings;

/// <summary>
/// A commissioned point's short number: dense from 1, given once by the site book at commissioning and never used
/// again.
/// Journal blocks, history and detectors carry this instead of the name; 0 is no point.
/// </summary>
public readonly record struct PointNumber(int Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
