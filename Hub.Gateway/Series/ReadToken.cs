using System.Globalization;

namespace Hub.Gateway.Series;

/// <summary>
/// Where the next page begins: an instant, and how many of its readings have been given already. It stays good when
/// later readings come in.
/// </summary>
public readonly record struct ReadToken(long AtTicks, int Given)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AtTicks}.{Given}");

    public static bool TryParse(string text, out ReadToken token)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var instant = text.AsSpan(0, Math.Max(dot, 0));
        var count = text.AsSpan(dot + 1);
        var isGood = long.TryParse(instant, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            & int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var given);
        token = new ReadToken(at, given);
        return isGood && at <= DateTime.MaxValue.Ticks;
    }
}
