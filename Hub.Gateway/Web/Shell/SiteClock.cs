namespace Hub.Gateway.Web.Shell;

/// <summary>The site's own zone, in which every page tells the time.</summary>
public sealed class SiteClock
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
}
