namespace Hub.Edge.Modbus;

/// <summary>A serial line or a TCP server, and what is read there.</summary>
public sealed record BusOptions
{
    /// <summary>The line; null for TCP.</summary>
    public SerialOptions? Serial { get; init; }

    /// <summary>The server; empty for a line.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 502;

    /// <summary>For one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a question is asked again that noise or silence was the answer to.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Registers between two values that are read along. Many devices refuse what they don't have.</summary>
    public int GapMax { get; init; }

    public required IReadOnlyList<RegisterOptions> Registers { get; init; }

    /// <summary>By value, the registers too: a bus that a new configuration doesn't change goes on.</summary>
    public bool Equals(BusOptions? other) =>
        other is not null && (Serial, Host, Port) == (other.Serial, other.Host, other.Port)
        && (Timeout, Retries, GapMax) == (other.Timeout, other.Retries, other.GapMax)
        && Registers.SequenceEqual(other.Registers);

    public override int GetHashCode() => HashCode.Combine(Serial, Host, Port, Registers.Count);
}
