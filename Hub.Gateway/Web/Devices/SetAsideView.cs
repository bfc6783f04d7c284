namespace Hub.Gateway.Web.Devices;

/// <summary>A message that could not become readings.</summary>
/// <param name="Number">Its number, to ask for it.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Topic">Where to.</param>
/// <param name="Kind">A key of the <c>aside</c> words.</param>
/// <param name="Reason">The field, the value, the limit and the cure.</param>
/// <param name="Payload">Its beginning, as text.</param>
/// <param name="Released">Points whose readings in it were taken later.</param>
public sealed record SetAsideView(
    long Number, DateTimeOffset At, string Source, string Topic, string Kind, string Reason, string Payload,
    int Released);
