using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>How far a delivery has come. The names are stored.</summary>
public enum DeliveryState
{
    Waiting,

    /// <summary>The receiver has taken it.</summary>
    Sent,

    /// <summary>It was no longer true before it could be sent: somebody had accepted, or it was over.</summary>
    Spared,

    /// <summary>It was given up, with a reason.</summary>
    Failed,
}

/// <summary>One notice on one channel.</summary>
/// <param name="Id">Its number in the log.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="Notice">What is told.</param>
/// <param name="NextAt">Not before.</param>
/// <param name="Attempts">How often it has been tried.</param>
public sealed record Delivery(long Id, string Channel, Notice Notice, DateTimeOffset NextAt, int Attempts)
{
    /// <summary>The same at every attempt, so that a receiver knows a repeat.</summary>
    public string Key => $"notice-{Notice.Id}-{Channel}";
}
