namespace Hub.Gateway.WorkOrders;

/// <summary>Who asks over HTTP, as it will stand in an order's history.</summary>
public interface ICallers
{
    /// <summary>Null for a stranger.</summary>
    Actor? CallerOf(HttpContext context);
}
