using System.Text;
using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Notify;

/// <summary>
/// Says a notice in the channel's language: where, what, the order's number, the rule's sentence. What people have
/// typed into an order is never in it: a group chat is no place for that. Pure.
/// </summary>
/// <param name="channel">Who it is for.</param>
/// <param name="zone">The site's clocks.</param>
/// <param name="pages">Where people open the hub's pages; null for no link.</param>
/// <param name="languageOf">The language of a person, for a channel without one of its own.</param>
public sealed class LetterWriter(
    Channel channel, TimeZoneInfo zone, Uri? pages, Func<string, string?>? languageOf = null)
{
    public Letter Write(Delivery delivery, WorkOrder order, string spaceName)
    {
        var notice = delivery.Notice;
        var texts = TextsFor(notice.Person);
        var clock = order.Clocks.LastOrDefault(clock => clock.Kind == notice.Clock);
        var times = new Times(texts, zone, notice.At);
        var subject = texts[$"notify.{notice.Kind}", spaceName, texts.Of("kind", order.Kind)];
        var page = pages is null ? null : new Uri(pages, $"o/{order.Id}");
        string?[] lines =
        [
            subject,
            order.Why is { } why ? Explanations.Render(why, texts.Language, zone) : null,
            clock is null
                ? null
                : texts["notify.clock", texts.Of("clock", $"{clock.Kind}"), times.MomentSeconds(clock.DueAt)],
            texts["notify.order", order.Number, times.MomentSeconds(order.StartedAt)],
            page?.ToString(),
        ];
        return new Letter(
            delivery.Key, $"order.{OrderWords.Of(notice.Kind)}", notice.At, subject,
            string.Join('\n', lines.OfType<string>()),
            new LetterData(
                order.Id, order.Number, OrderWords.Of(order.State), order.Kind, order.Symptom,
                OrderWords.Of(order.Priority), order.SpaceId, spaceName, order.StartedAt, notice.To,
                notice.Person, clock is null ? null : $"{clock.Kind}", clock?.DueAt, page));
    }

    /// <summary>Several in one message, for people: as many as fit, the first ones first.</summary>
    /// <param name="letters">At least one.</param>
    /// <param name="bytesMax">What a message of the channel may have, as UTF-8.</param>
    /// <param name="taken">How many are in it.</param>
    public static Letter Together(IReadOnlyList<Letter> letters, int bytesMax, out int taken)
    {
        var text = letters[0].Text;
        var bytes = Encoding.UTF8.GetByteCount(text);
        for (taken = 1; taken < letters.Count; taken++)
        {
            bytes += 2 + Encoding.UTF8.GetByteCount(letters[taken].Text);
            if (bytes > bytesMax)
            {
                break;
            }

            text += "\n\n" + letters[taken].Text;
        }

        return letters[0] with { Text = text };
    }

    public Letter Test(DateTimeOffset at)
    {
        var said = TextsFor(channel.Person)["notify.test", channel.Id];
        return new($"test-{channel.Id}-{at.UtcTicks}", "hub.test", at, said, said);
    }

    private Texts TextsFor(string? person) => Texts.In(
        channel.Language.Length > 0 || person is null ? channel.Language : languageOf?.Invoke(person));
}
