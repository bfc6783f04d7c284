using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// Makes the detector that a rule names. X1, H1, H8, K1, O1 and O2 look at more than one point's readings: the engine
/// has them.
/// </summary>
public static class DetectorMaking
{
    public static Detector? Make(Rule rule, string signal) => rule.Detector switch
    {
        "W1" => new AnyUse(rule),
        "W2" => new Continuous(rule),
        "W3" => new BurstDraw(rule),
        "W4" => new Stagnation(rule),
        "W5" or "S1" or "H10" => new ToldByDevice(rule.Detector, signal),
        "E1" => new StandbyStep(rule),
        "E2" => new EnergyUse(rule),
        "E3" => new DeadSupply(rule),
        "E4" => new LeftOn(rule),
        "C1" => new Damp(rule),
        "C2" => new WindowOpen(rule),
        "C3" => new HeatingFailed(rule),
        "F1" => new BeyondLimit(rule),
        "F2" => new Duty(rule),
        "F3" => new Deviation(rule),
        "F4" => new RunningHours(rule),
        "Q1" when signal is Signal.Temperature or Signal.Humidity => new Spike(rule, signal),
        "E5" => new SupplyLost(rule, signal),
        "Q1" => new Impossible(rule),
        "Q2" => new Frozen(rule),
        "M1" => new StuckRegister(rule) { IsWater = signal.StartsWith("water", StringComparison.Ordinal) },
        "M2" => new ReverseRegister(rule) { IsWater = signal.StartsWith("water", StringComparison.Ordinal) },
        "D2" => new DoorForced(rule),
        "D1" => new DoorOpened(rule),
        "H2" => new Chatter(rule),
        "H3" => new ClockOffset(rule),
        "H4" => new Backlog(rule),
        "H5" => new EventsLost(rule),
        "H6" => new LowBattery(rule),
        "H7" => new WeakRadio(rule, signal),
        "H9" => new FullDisk(rule),
        "X1" or "H1" or "H8" or "K1" or "O1" or "O2" => null,
        _ => throw new InvalidOperationException($"No detector is made for {rule.Detector}."),
    };
}
