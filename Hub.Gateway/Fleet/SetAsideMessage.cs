using Hub.Rules.Engine;

namespace Hub.Gateway.Fleet;

/// <summary>A message that could not become readings, as people see it.</summary>
/// <param name="Number">Counts up; for asking for older ones.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Source">The MQTT client that sent it.</param>
/// <param name="Topic">Where to.</param>
/// <param name="Kind">Why, as a kind.</param>
/// <param name="Reason">Why, as a sentence with the field, the value, the limit and the cure.</param>
/// <param name="Preview">Its beginning as text; bytes that are none are shown as \x...</param>
/// <param name="Bytes">How long what was kept of it is.</param>
/// <param name="Released">Points whose readings in it were taken later.</param>
public sealed record SetAsideMessage(
    long Number, DateTimeOffset At, string Source, string Topic, SetAsideKind Kind, string Reason, string Preview,
    int Bytes, int Released);
