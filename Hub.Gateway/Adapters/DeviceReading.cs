namespace Hub.Gateway.Adapters;

/// <summary>One value that a third-party device has sent.</summary>
/// <param name="Device">Its name below the adapter's id, fit for a point's id.</param>
/// <param name="Signal">What it measures.</param>
/// <param name="Unit">The unit it comes in, as SenML writes it; empty for the signal's own.</param>
/// <param name="Value">A finite number.</param>
/// <param name="At">Its own time; null for the arrival.</param>
public readonly record struct DeviceReading(
    string Device, string Signal, string Unit, double Value, DateTimeOffset? At = null);
