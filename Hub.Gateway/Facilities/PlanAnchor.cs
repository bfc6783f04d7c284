namespace Hub.Gateway.Facilities;

/// <summary>From where a plan counts to its next date.</summary>
public enum PlanAnchor
{
    /// <summary>From the date before, whenever it was done: the 1st of each month stays the 1st.</summary>
    Due,

    /// <summary>From the day on which it was done.</summary>
    Done,
}
