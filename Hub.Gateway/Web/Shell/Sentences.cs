using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Web.Shell;

/// <summary>Why there is an order, as one sentence in the reader's language.</summary>
public static class Sentences
{
    public static string Of(WorkOrder order, Frame frame)
    {
        if (order.Words.Length > 0)
        {
            return order.Words;
        }

        // A call needs no rule's sentence: who pressed where and when is the whole of it.
        return order switch
        {
            { Source: OrderSource.Press } => frame.T["order.called", frame.Times.MomentSeconds(order.StartedAt)],
            { Why: { } why } => Explanations.Render(why, frame.T.Language, frame.Times.Zone),
            _ => frame.T.Of("kind", order.Kind),
        };
    }

    /// <summary>What other rules and places have added to it, one sentence each.</summary>
    public static IReadOnlyList<string> Joined(WorkOrder order, Frame frame) =>
    [
        .. order.Alarms.Select(alarm => alarm.Why).OfType<Explanation>()
            .Select(why => Explanations.Render(why, frame.T.Language, frame.Times.Zone)),
    ];

    /// <summary>Why a step was refused: the kind of refusal in the reader's language, the desk's own English where it
    /// has none.</summary>
    public static string Of(Refusal refusal, Frame frame)
    {
        var key = $"refusal.{refusal.Reason}";
        return frame.T.Has(key)
            ? frame.T[
                key, refusal.By is { } by ? frame.Person(by.Id) : "",
                refusal.At is { } at ? frame.Times.Ago(at) : ""]
            : refusal.Sentence;
    }
}
