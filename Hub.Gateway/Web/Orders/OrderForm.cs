using System.Globalization;
using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Orders;

/// <summary>A posted form as a command of the desk. Pure; what can't be read gives no command.</summary>
public static class OrderForm
{
    public static OrderAction? ActionOf(string? name) =>
        Enum.TryParse<OrderAction>(name, ignoreCase: false, out var action) && Enum.IsDefined(action)
        && action.ToString() == name ? action : null;

    public static OrderCommand? Command(
        OrderAction action, IReadOnlyDictionary<string, string> fields, Actor by, Times times)
    {
        return action switch
        {
            OrderAction.Accept => new OrderCommand.Accept(by),
            OrderAction.Arrive => new OrderCommand.Arrive(by),
            OrderAction.Answer => new OrderCommand.Answer(by),
            OrderAction.Explain => times.FromInput(Text("until")) is { } at && Channel() is { } how
                ? new OrderCommand.Explain(how, Text("who"), Text("words"), at, by)
                : null,
            OrderAction.HandToVendor => new OrderCommand.HandToVendor(Text("vendor"), Text("what"), by),
            OrderAction.Commit => times.FromInput(Text("until")) is { } due && Channel() is { } how
                ? new OrderCommand.Commit(due, how, by)
                : null,
            OrderAction.Appoint => times.FromInput(Text("until")) is { } wanted && Channel() is { } how
                ? new OrderCommand.Appoint(wanted, how, by)
                : null,
            OrderAction.Enlarge => new OrderCommand.Enlarge(Text("reason"), by),
            OrderAction.Merge => Number("into") is { } into ? new OrderCommand.Merge(into, Text("into"), by) : null,
            OrderAction.Resolve => CauseList.All.Contains(Text("cause"))
                ? new OrderCommand.Resolve(Text("cause"), Text("note"), by)
                : null,
            OrderAction.OverrideClose => new OrderCommand.OverrideClose(Text("reason"), by),
            OrderAction.FollowUp => Channel() is { } how
                ? new OrderCommand.FollowUp(how, Text("result"), Rating(), by)
                : null,
            OrderAction.Reopen => new OrderCommand.Reopen(Text("reason"), by),
            OrderAction.Cancel => new OrderCommand.Cancel(Text("reason"), by),
            OrderAction.Note => new OrderCommand.Note(Text("words"), by),
            _ => null,
        };

        string Text(string field) => fields.GetValueOrDefault(field, "").Trim();

        string? Channel() => ActionForm.Channels.Contains(Text("how")) ? Text("how") : null;

        int? Rating() => Number("rating") is >= 1 and <= 5 and var stars ? (int)stars : null;

        long? Number(string field) =>
            long.TryParse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
