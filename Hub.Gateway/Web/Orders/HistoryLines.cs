using System.Globalization;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Web.Orders;

/// <summary>An order's events as lines, the newest first; above them, who will be told next if nobody
/// accepts.</summary>
public static class HistoryLines
{
    private static readonly TimeSpan LateBy = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<HistoryView> Of(WorkOrder order, IReadOnlyList<OrderEvent> events, Frame frame)
    {
        var planned = order is { IsOpen: true, AcceptedBy: null }
            ? order.Ladder.Where(step => !step.IsTold).OrderByDescending(step => step.DueAt)
                .Select(step => new HistoryView(
                    step.DueAt, "WillEscalate", null, frame.T.Of("role", step.To), "planned"))
            : [];
        // Clocks have a table of their own.
        var happened = events.Reverse()
            .Where(one => one is not (OrderEvent.ClockStarted or OrderEvent.ClockStopped))
            .Select(one => Line(one, frame));
        return [.. planned, .. happened];
    }

    private static HistoryView Line(OrderEvent one, Frame frame)
    {
        var detail = Detail(one, frame);
        if (one.NotedAt - one.At > LateBy)
        {
            var noted = frame.T["detail.late-note", frame.Times.MomentSeconds(one.NotedAt)];
            detail = detail.Length > 0 ? $"{detail}\n{noted}" : noted;
        }

        var by = one.By.Id == Actor.Hub.Id ? null : one.By.Id;
        return new HistoryView(one.At, one.GetType().Name, by, detail, Tone(one));
    }

    private static string Tone(OrderEvent one) => one switch
    {
        OrderEvent.Breached or OrderEvent.Unreached => "bad",
        OrderEvent.DueSoon or OrderEvent.Escalated or OrderEvent.Repeated or OrderEvent.Reopened => "loud",
        OrderEvent.Resolved or OrderEvent.SignalCleared or OrderEvent.FollowedUp or OrderEvent.Arrived => "good",
        _ => "",
    };

    private static string Detail(OrderEvent one, Frame frame)
    {
        var (t, times) = (frame.T, frame.Times);
        return one switch
        {
            OrderEvent.Raised raised => raised.Words,
            OrderEvent.Repeated { Alarm.Why: { } why } => Explanations.Render(why, t.Language, times.Zone),
            OrderEvent.DueSoon soon => $"{t.Of("promise", soon.Clock.ToString())} · {times.MomentSeconds(soon.DueAt)}",
            OrderEvent.Breached broken => t.Of("promise", broken.Clock.ToString()),
            OrderEvent.Escalated told => string.Join(
                " · ", new[] { t.Of("role", told.Called?.Role ?? told.To) }.Concat(
                    told.Called?.People.Select(frame.Person) ?? [])),
            OrderEvent.Unreached none => t.Of("role", none.To),
            OrderEvent.Explained said =>
                $"{t.Of("channel", said.How)} · {said.ToWhom} · " +
                $"{t["detail.new-time", times.Moment(said.NewTime)]}\n{said.Words}",
            OrderEvent.HandedToVendor handed => $"{handed.Vendor} · {handed.What}",
            OrderEvent.Committed promised =>
                $"{t["detail.new-time", times.Moment(promised.DueAt)]} · {t.Of("channel", promised.How)}",
            OrderEvent.Resolved solved => Joined(
                solved.IsOverride ? t["detail.override"] : t.Of("cause", solved.Cause), solved.Note),
            OrderEvent.FollowedUp asked => Joined(
                asked.Rating is { } stars
                    ? $"{t.Of("channel", asked.How)} · {t.Of("rating", stars.ToString(CultureInfo.InvariantCulture))}"
                    : t.Of("channel", asked.How),
                asked.Result),
            OrderEvent.Reopened again => again.Reason,
            OrderEvent.Cancelled cancelled => cancelled.Reason,
            OrderEvent.Merged merged => merged.IntoNumber,
            OrderEvent.Noted noted => noted.Words,
            OrderEvent.Appointed agreed =>
                $"{t["detail.new-time", times.Moment(agreed.For)]} · {t.Of("channel", agreed.How)}",
            OrderEvent.Enlarged larger =>
                Joined(t["detail.new-time", times.Moment(larger.DueAt)], larger.Reason),
            OrderEvent.Undone undone => times.MomentSeconds(undone.What),
            _ => "",
        };
    }

    private static string Joined(string head, string words) => words.Length > 0 ? $"{head}\n{words}" : head;
}
