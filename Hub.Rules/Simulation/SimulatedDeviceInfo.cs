namespace Hub.Rules.Simulation;

/// <summary>One device of the simulated building, for whoever wants to choose one.</summary>
/// <param name="Edge">The edge it is wired to.</param>
/// <param name="Device">Its edge-local name.</param>
/// <param name="DeviceId">Its name on the whole site.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SpaceId">Where it is.</param>
public sealed record SimulatedDeviceInfo(
    string Edge, string Device, string DeviceId, SimulatedDeviceKind Kind, string SpaceId);
