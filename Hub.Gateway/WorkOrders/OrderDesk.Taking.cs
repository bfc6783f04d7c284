using Hub.Rules.Alarms;

namespace Hub.Gateway.WorkOrders;

/// <summary>What the rules say has changed, turned into orders.</summary>
public sealed partial class OrderDesk
{
    private async Task TakeAsync(DeskDraft draft, AlarmTransition transition, CancellationToken cancel)
    {
        switch (transition)
        {
            case AlarmTransition.Raised { Order: { } request } raised:
                if (await draft.FindAsync(raised.Id, cancel) is null)
                {
                    await TakeRaisedAsync(draft, raised, request, cancel);
                }

                break;
            case AlarmTransition.Cleared cleared:
                if (await draft.FindAsync(cleared.Id, cancel) is { } settled && settled.IsAlarmed(cleared.Id))
                {
                    draft.Do(settled, new OrderCommand.ConfirmClear(cleared.Id, cleared.At, cleared.Flaps));
                }

                break;
            case AlarmTransition.Corrected corrected:
                if (await draft.FindAsync(corrected.Id, cancel) is { } noted && noted.IsAlarmed(corrected.Id))
                {
                    var words = Explanations.Render(corrected.Why, premises.Language, premises.Zone);
                    draft.Do(noted, new OrderCommand.Note(words, Actor.Hub));
                }

                break;
            case AlarmTransition.Withdrawn withdrawn:
                // Too late to be taken back is a refusal, and then the call simply stands.
                if (await draft.FindAsync(withdrawn.Id, cancel) is { } called && called.IsAlarmed(withdrawn.Id))
                {
                    draft.Do(called, new OrderCommand.Withdraw(withdrawn.Id, withdrawn.At));
                }

                break;
            default:
                // A mere notice in the log asks for no order.
                break;
        }
    }

    private static async Task TakeRaisedAsync(
        DeskDraft draft, AlarmTransition.Raised raised, OrderRequest request, CancellationToken cancel)
    {
        var alarm = OrderAlarm.Of(raised);
        var open = draft.Live.OpenOn(raised.SpaceId, request.Symptom) ?? draft.Live.CaseOf(raised);
        if (open is not null)
        {
            draft.Do(open, Joining(open, alarm, raised, request));
            draft.Handled(raised.Id, open.Id);
            return;
        }

        var recurs = alarm.IsPress
            ? null
            : await draft.LastSettledAsync(
                raised.SpaceId, request.Symptom, raised.At - draft.Policy.RecurFor, cancel);
        if (recurs is not null)
        {
            draft.Do(recurs, new OrderCommand.Recur(alarm, request.Priority));
            draft.Handled(raised.Id, recurs.Id);
            return;
        }

        draft.Raise(new OrderCommand.Raise(
            raised.SpaceId, request, raised.At, alarm.IsPress ? Actor.Kiosk : Actor.Hub, alarm, raised.Why,
            raised.Evidence));
    }

    /// <summary>The same again is only counted; what another rule or another place says brings its evidence.</summary>
    private static OrderCommand.Repeat Joining(
        WorkOrder open, OrderAlarm alarm, AlarmTransition.Raised raised, OrderRequest request)
    {
        var isKnown = alarm.IsPress || open.Alarms.Any(known =>
            (known.RuleId, known.Device, known.Signal) == (alarm.RuleId, alarm.Device, alarm.Signal));
        return new OrderCommand.Repeat(
            alarm with
            {
                Symptom = request.Symptom == open.Symptom ? null : request.Symptom,
                Why = isKnown ? null : raised.Why,
            },
            request.Priority, isKnown ? null : raised.Evidence);
    }

    /// <summary>What an order alone can't know: the other orders.</summary>
    private static async Task<Refusal?> WhyNotAsync(
        DeskDraft draft, WorkOrder order, OrderCommand command, CancellationToken cancel)
    {
        switch (command)
        {
            case OrderCommand.Reopen or OrderCommand.Recur
                when draft.Live.OpenOn(order.SpaceId, order.Symptom) is { } open && open.Id != order.Id:
                return IsOpenAlready(open);
            case OrderCommand.Merge merge when await draft.FindAsync(merge.Into, cancel) is not { IsOpen: true }:
                return new(RefusalReason.WrongState, $"Order {merge.IntoNumber} is not open.");
            case OrderCommand.Raise or OrderCommand.Repeat:
                return new(RefusalReason.WrongState, "The order exists already.");
            default:
                return null;
        }
    }
}
