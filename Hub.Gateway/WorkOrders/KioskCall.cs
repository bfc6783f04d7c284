using Hub.Transport.Messages;

namespace Hub.Gateway.WorkOrders;

/// <summary>What the screen of one lobby may know of the call there: never a name, a unit or a reason.</summary>
/// <param name="State">How far it is.</param>
/// <param name="PressedAt">When it was called.</param>
/// <param name="PromiseAt">By when somebody is there.</param>
/// <param name="Repeats">How often the button was pressed again.</param>
public sealed record KioskCall(KioskState State, DateTimeOffset? PressedAt, DateTimeOffset? PromiseAt, int Repeats)
{
    public const string Symptom = "summon";

    public static readonly KioskCall Idle = new(KioskState.Idle, null, null, 0);

    public static KioskCall Of(WorkOrder order)
    {
        if (order.State is OrderState.Cancelled or OrderState.Merged)
        {
            return Idle;
        }

        var atPlace = order.Clocks.LastOrDefault(clock => clock.Kind == ClockKind.C5);
        var state = order switch
        {
            { IsOpen: false } => KioskState.Closed,
            { IsInPlace: true } => KioskState.Arrived,
            _ when atPlace?.Result == ClockResult.Breached => KioskState.Late,
            { AcceptedBy: null } => KioskState.Calling,
            _ => KioskState.Accepted,
        };
        return new KioskCall(state, order.RoundAt, atPlace?.DueAt, order.Repeats);
    }
}
