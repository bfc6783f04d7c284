using System.Globalization;
using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// After rows of hub.db are gone: an order whose row is lost is folded anew from its events, alarms that stand on an
/// order have had their effect, no number is given twice, and the desk hears the journal again from where it begins.
/// </summary>
public static class DeskMend
{
    public static void Mend(HubDb db)
    {
        FoldOrders(db);
        db.ChangeTracker.Clear();
        var orders = db.Set<OrderRow>().AsNoTracking();
        var handled = db.Set<OrderAlarmRow>().Select(row => row.AlarmId).ToHashSet(StringComparer.Ordinal);
        db.Set<OrderOutcomeRow>().ExecuteDelete();
        foreach (var order in orders.AsEnumerable().Select(row => row.Order()))
        {
            if (OrderOutcomeRow.Of(order) is { } outcome)
            {
                db.Add(outcome);
            }

            foreach (var alarm in order.Alarms.Where(alarm => handled.Add(alarm.Id.Value)))
            {
                db.Add(new OrderAlarmRow { AlarmId = alarm.Id.Value, OrderId = order.Id });
            }
        }

        var desk = db.Set<DeskRow>().FirstOrDefault() ?? db.Add(new DeskRow()).Entity;
        desk.Cursor = 0;
        desk.OrderIdLast = Math.Max(desk.OrderIdLast, Math.Max(
            orders.Max(row => (long?)row.Id) ?? 0, db.Set<OrderEventRow>().Max(row => (long?)row.OrderId) ?? 0));
        // Numbers sort as they are given: 2026-11-0412.
        foreach (var number in orders.OrderByDescending(row => row.Number).Select(row => row.Number).Take(1))
        {
            var (month, last) = (Whole(number[..4] + number[5..7]), Whole(number[8..]));
            if (month > desk.Month || (month == desk.Month && last > desk.NumberLast))
            {
                (desk.Month, desk.NumberLast) = (month, last);
            }
        }

        db.SaveChanges();
    }

    /// <summary>Those that are gone, and those that are older than their events: each as far as these go.</summary>
    private static void FoldOrders(HubDb db)
    {
        var rows = db.Set<OrderRow>().AsNoTracking().ToDictionary(row => row.Id);
        var open = rows.Values.Where(row => row.IsOpen).Select(row => (row.SpaceId, row.Symptom, row.Id)).ToList();
        var events = db.Set<OrderEventRow>().AsNoTracking().OrderBy(row => row.OrderId).ThenBy(row => row.Sequence)
            .AsEnumerable().GroupBy(row => row.OrderId);
        foreach (var order in events)
        {
            var known = order.TakeWhile((row, place) => row.Sequence == place + 1).ToList();
            if (known.Count <= (rows.GetValueOrDefault(order.Key)?.Version ?? 0))
            {
                continue;
            }

            var folded = OrderRow.Of(
                WorkOrder.Fold(known.Select(row => OrderJson.ReadEvent(row.Body))), OrderPolicy.Standard);
            if (folded.IsOpen && open.Exists(one => one.Id != folded.Id
                && (one.SpaceId, one.Symptom) == (folded.SpaceId, folded.Symptom)))
            {
                // Its end is lost, for there is a later one on the matter.
                continue;
            }

            open.Add((folded.SpaceId, folded.Symptom, folded.Id));
            _ = rows.ContainsKey(folded.Id) ? db.Update(folded) : db.Add(folded);
        }

        db.SaveChanges();
    }

    private static int Whole(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
