namespace Hub.Gateway.Fleet;

/// <summary>A signal that nobody has commissioned, as a message that was set aside tells of it.</summary>
/// <param name="Device">The device's name at its edge.</param>
/// <param name="Signal">What it measures.</param>
/// <param name="Unit">The unit it comes in; empty without one.</param>
/// <param name="Name">The device's name as people gave it; empty if it hasn't said.</param>
/// <param name="Model">Maker and model; empty if it hasn't said.</param>
/// <param name="Class">What the device calls this signal; empty if it hasn't said.</param>
/// <param name="HasReading">Whether a reading waits in the message; false if the device has only announced it.</param>
internal sealed record ProposedSignal(
    string Device, string Signal, string Unit, string Name, string Model, string Class, bool HasReading);
