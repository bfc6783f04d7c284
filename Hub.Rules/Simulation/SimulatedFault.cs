namespace Hub.Rules.Simulation;

/// <summary>What can be made to go wrong. The private constructor closes the family.</summary>
public abstract record SimulatedFault
{
    private SimulatedFault()
    {
    }

    /// <summary>Water runs without a stop.</summary>
    public sealed record Leak(string Space, double LitresPerHour) : SimulatedFault;

    /// <summary>A pipe has burst: 1.5 m³/h.</summary>
    public sealed record Burst(string Space) : SimulatedFault;

    /// <summary>The door stands open.</summary>
    public sealed record DoorLeftOpen(string Space) : SimulatedFault;

    /// <summary>Somebody comes in, puts lights on, cooks, draws water, and stays until healed.</summary>
    public sealed record Intrusion(string Space) : SimulatedFault;

    /// <summary>Something was left switched on.</summary>
    public sealed record StandbyLoad(string Space, double Watts) : SimulatedFault;

    /// <summary>A register stands still while its meter goes on reporting; what passes is never counted.</summary>
    /// <param name="DeviceId">The site-wide id: <c>edge-b1/w-0301</c>.</param>
    public sealed record StuckMeter(string DeviceId) : SimulatedFault;

    /// <summary>A device reports nothing.</summary>
    /// <param name="DeviceId">The site-wide id: <c>edge-b1/w-0301</c>.</param>
    public sealed record SilentDevice(string DeviceId) : SimulatedFault;

    /// <summary>An edge's clock is wrong; its devices go on as before.</summary>
    /// <param name="Edge">Whose.</param>
    /// <param name="By">How far it is ahead; negative if it is behind.</param>
    public sealed record DriftedClock(string Edge, TimeSpan By) : SimulatedFault;

    /// <summary>A pump starts every minute and runs for 20 s, because its pressure vessel has lost its air.</summary>
    public sealed record PumpShortCycling(string Space) : SimulatedFault;
}
