namespace Hub.Gateway.Notify;

/// <summary>What goes out on a channel, ready to be sent.</summary>
/// <param name="Key">The same at every attempt: a receiver knows a repeat by it.</param>
/// <param name="Type">What a program goes by: <c>order.call</c>, <c>order.breach</c>, <c>hub.test</c>.</param>
/// <param name="At">When that happened which it tells.</param>
/// <param name="Subject">One short line.</param>
/// <param name="Text">All of it, in the channel's language.</param>
/// <param name="Data">The same for programs; null where there is nothing but text.</param>
public sealed record Letter(
    string Key, string Type, DateTimeOffset At, string Subject, string Text, LetterData? Data = null);

/// <summary>An order as a program is told of it.</summary>
public sealed record LetterData(
    long Id, string Number, string State, string Kind, string Symptom, string Priority, string Space, string SpaceName,
    DateTimeOffset StartedAt, string To, string? Person, string? Clock, DateTimeOffset? DueAt, Uri? Page);
