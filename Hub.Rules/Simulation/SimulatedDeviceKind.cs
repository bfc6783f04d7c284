namespace Hub.Rules.Simulation;

/// <summary>What a simulated device is.</summary>
public enum SimulatedDeviceKind
{
    WaterMeter,
    ElectricMeter,
    Door,
    Climate,
    Kiosk,
    Pump,
}
