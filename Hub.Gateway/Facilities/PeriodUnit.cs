namespace Hub.Gateway.Facilities;

/// <summary>What a calendar counts in.</summary>
public enum PeriodUnit
{
    Days,
    Weeks,
    Months,
    Years,
}
