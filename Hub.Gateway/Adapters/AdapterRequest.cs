namespace Hub.Gateway.Adapters;

/// <summary>Something to ask of a device, such as Sparkplug's rebirth.</summary>
public sealed record AdapterRequest(string Topic, ReadOnlyMemory<byte> Payload);
