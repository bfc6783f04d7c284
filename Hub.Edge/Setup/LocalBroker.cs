namespace Hub.Edge.Setup;

/// <summary>A broker beside the edge, and what of it goes to the hub.</summary>
public sealed record LocalBroker
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 1883;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Topic filters: what is forwarded.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>The device that tells whether the broker can be reached.</summary>
    public string Device { get; init; } = "local-mqtt";

    /// <summary>What waits for the hub on the disk; beyond it the oldest is dropped and counted.</summary>
    public long BytesMax { get; init; } = 128L << 20;

    /// <summary>By value, the topics too: a broker that a new configuration doesn't change is not left.</summary>
    public bool Equals(LocalBroker? other) =>
        other is not null && IsAtSamePlaceAs(other)
        && (User, Password, Device, BytesMax) == (other.User, other.Password, other.Device, other.BytesMax)
        && Topics.SequenceEqual(other.Topics);

    public override int GetHashCode() => HashCode.Combine(Host, Port, User, Device, Topics.Count);

    /// <summary>The same broker, which keeps one session for this edge.</summary>
    public bool IsAtSamePlaceAs(LocalBroker other) => (Host, Port) == (other.Host, other.Port);
}
