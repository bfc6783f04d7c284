namespace Hub.Transport.Messages;

/// <summary>SenML times: seconds with a fraction, read as decimals so that bt + t is exact to the tick.</summary>
internal static class SenMlTime
{
    /// <summary>RFC 8428, 4.5.3: less than 2^28 seconds is relative to now, and 2^28 itself is in 1978.</summary>
    public const decimal AbsoluteFromSeconds = 1 << 28;

    /// <summary>The years 1 to 9999, in seconds either way: beyond it a decimal in ticks would overflow.</summary>
    private const decimal SecondsMax = 315_537_897_599m;

    /// <summary>False outside of the years 1 to 9999.</summary>
    public static bool TryResolve(decimal seconds, long receivedAtTicks, out long ticks)
    {
        ticks = receivedAtTicks;
        if (seconds is < -SecondsMax or > SecondsMax)
        {
            return false;
        }

        var origin = seconds < AbsoluteFromSeconds ? receivedAtTicks : DateTime.UnixEpoch.Ticks;
        ticks = origin + decimal.ToInt64(decimal.Round(seconds * TimeSpan.TicksPerSecond));
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
    }

    public static decimal ToUnixSeconds(DateTimeOffset at) =>
        (decimal)(at.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    /// <summary>False outside of the years 1 to 9999.</summary>
    public static bool TryFromUnixSeconds(decimal seconds, out DateTimeOffset at)
    {
        at = default;
        if (seconds is < -SecondsMax or > SecondsMax)
        {
            return false;
        }

        var ticks = DateTime.UnixEpoch.Ticks + decimal.ToInt64(decimal.Round(seconds * TimeSpan.TicksPerSecond));
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        at = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }
}
