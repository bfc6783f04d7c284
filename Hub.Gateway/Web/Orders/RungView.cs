namespace Hub.Gateway.Web.Orders;

/// <summary>One time at which somebody was told of an order, or will be.</summary>
/// <param name="What">A key of the <c>told</c> words.</param>
/// <param name="At">When.</param>
/// <param name="IsTold">It has come to that.</param>
/// <param name="Role">Whose turn it is: a key of the <c>role</c> words.</param>
/// <param name="CalledRole">Who answers in that one's place; empty if nobody has to.</param>
/// <param name="People">Who that is, by the roster.</param>
/// <param name="IsNobody">The roster has nobody to call.</param>
/// <param name="Messages">What was sent for it.</param>
public sealed record RungView(
    string What, DateTimeOffset At, bool IsTold, string Role, string CalledRole, IReadOnlyList<CalledView> People,
    bool IsNobody, IReadOnlyList<MessageView> Messages);

/// <summary>Somebody who is called.</summary>
/// <param name="Id">As the roster has it.</param>
/// <param name="Phone">A number to call; empty without one.</param>
public sealed record CalledView(string Id, string Phone);

/// <summary>One message on one channel.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Person">Who is told, where it is one person.</param>
/// <param name="State">A key of the <c>delivery</c> words.</param>
/// <param name="At">When it was done; null while it waits.</param>
/// <param name="Why">The last reason why it was not sent.</param>
public sealed record MessageView(string Channel, string? Person, string State, DateTimeOffset? At, string? Why);
