namespace Hub.Edge.Outbox;

/// <summary>One value on its way to the hub.</summary>
/// <param name="Device">The edge-local device; empty for the edge itself.</param>
/// <param name="Signal">Such as <c>water.volume</c>.</param>
/// <param name="At">When it was so.</param>
/// <param name="Id">A press's own id; null for everything else.</param>
public sealed record EdgeRecord(string Device, string Signal, DateTimeOffset At, double Value, string? Id = null)
{
    /// <summary>The longest name or id, in UTF-8 bytes: their length is one byte on disk.</summary>
    public const int NameBytesMax = 255;

    /// <summary>The record's SenML name.</summary>
    public string Name => Device.Length == 0 ? Signal : $"{Device}/{Signal}";
}
