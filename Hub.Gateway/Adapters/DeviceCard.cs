namespace Hub.Gateway.Adapters;

/// <summary>What a device says about itself, for whoever is to bring it into service.</summary>
/// <param name="Device">Its name below the adapter's id.</param>
/// <param name="Name">Its name as people gave it.</param>
/// <param name="Model">Maker and model; empty if not said.</param>
/// <param name="Signals">What it will report.</param>
public sealed record DeviceCard(string Device, string Name, string Model, IReadOnlyList<CardSignal> Signals);
