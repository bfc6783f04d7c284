namespace Hub.Gateway.Fleet;

/// <summary>Where a device is to be put.</summary>
/// <param name="Space">The id of a space.</param>
public sealed record CommissionRequest(string? Space);
