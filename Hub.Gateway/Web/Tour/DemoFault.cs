namespace Hub.Gateway.Web.Tour;

/// <summary>A fault that somebody started in the simulated building.</summary>
/// <param name="Id">What <see cref="DemoActions.Heal"/> takes.</param>
/// <param name="Kind">leak, burst, door, intrusion, stuck, silent, standby, …</param>
/// <param name="Place">The space's or device's id.</param>
/// <param name="Since">When it began, on the building's time.</param>
public sealed record DemoFault(string Id, string Kind, string Place, DateTimeOffset Since);
