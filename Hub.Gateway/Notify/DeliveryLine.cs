using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>One delivery, as pages show it.</summary>
/// <param name="Order">The order's id.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="Kind">What is told.</param>
/// <param name="To">The role.</param>
/// <param name="Person">Who, by the roster; null for a role as such.</param>
/// <param name="At">When it came to that.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Attempts">How often it has been tried.</param>
/// <param name="Why">The last reason why it was not sent.</param>
/// <param name="DoneAt">When it was sent, spared or given up; null while it waits.</param>
public sealed record DeliveryLine(
    long Order, string Channel, NoticeKind Kind, string To, string? Person, DateTimeOffset At, DeliveryState State,
    int Attempts, string? Why, DateTimeOffset? DoneAt);
