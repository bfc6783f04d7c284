namespace Hub.Gateway.Notify;

/// <summary>What was sent of an order, to whom and by which channel.</summary>
public interface IDeliveryLog
{
    /// <summary>The first one first.</summary>
    Task<IReadOnlyList<DeliveryLine>> OfOrderAsync(long order, CancellationToken cancel);
}
