namespace Hub.Gateway.Adapters;

/// <summary>One signal that a device has announced.</summary>
/// <param name="Signal">Such as <c>leak.wet</c>.</param>
/// <param name="Unit">As SenML writes it; empty without one.</param>
/// <param name="Class">What the device itself calls it: <c>moisture</c>.</param>
public readonly record struct CardSignal(string Signal, string Unit, string Class);
