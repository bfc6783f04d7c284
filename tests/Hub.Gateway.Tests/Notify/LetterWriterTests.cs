using System.Text;
using Hub.Gateway.Notify;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.Notify;

public class LetterWriterTests
{
    [Fact]
    public void A_letter_says_where_what_and_which_order_with_a_link()
    {
        var letter = Write("en", NoticeKind.Call, Some.Order(Some.Leak(Some.T0)));

        Assert.Equal("Please come: 3-1201, Suspected leak", letter.Subject);
        Assert.StartsWith(letter.Subject + "\n", letter.Text, StringComparison.Ordinal);
        Assert.EndsWith(
            "Order 2026-11-0001, since 09:00:00\nhttps://hub.example.org/o/1", letter.Text,
            StringComparison.Ordinal);
        Assert.Equal(("order.call", "b1-e2-0301", "chief"), (letter.Type, letter.Data!.Space, letter.Data.To));
    }

    [Fact]
    public void A_breach_says_which_promise_and_when_it_was_due()
    {
        var late = Some.Order(Some.Press("p1", Some.T0)).After(new OrderCommand.Arrive(Some.Wang), Some.At(7));

        var letter = Write("en", NoticeKind.Breach, late, ClockKind.C5);

        Assert.Contains("On the spot, due 09:05:00", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_notice_is_said_in_all_five_languages()
    {
        var order = Some.Order(Some.Leak(Some.T0));
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            var subjects = Texts.Languages.Select(language => Write(language, kind, order, ClockKind.C5).Text).ToList();

            Assert.Equal(subjects.Count, subjects.Distinct().Count());
            Assert.All(subjects, text => Assert.DoesNotContain("notify.", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_a_person_has_typed_never_leaves_the_house()
    {
        var order = Some.Order(Some.Leak(Some.T0)) with { Words = "Mrs Chen is ill" };

        Assert.DoesNotContain("Chen", Write("en", NoticeKind.Call, order).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_letters_as_fit_are_one_message()
    {
        var letter = Write("zh-Hans", NoticeKind.Call, Some.Order(Some.Leak(Some.T0)));
        var bytes = Encoding.UTF8.GetByteCount(letter.Text);

        var both = LetterWriter.Together([letter, letter, letter], (2 * bytes) + 2, out var taken);

        Assert.Equal(2, taken);
        Assert.Equal((2 * bytes) + 2, Encoding.UTF8.GetByteCount(both.Text));
    }

    private static Letter Write(string language, NoticeKind kind, WorkOrder order, ClockKind? clock = null)
    {
        var channel = new Channel("robot", ChannelKind.WeCom) { Language = language };
        var notice = new Notice(1, order.Id, kind, "chief", Some.At(8), clock);
        return new LetterWriter(channel, TimeZoneInfo.Utc, new Uri("https://hub.example.org/"))
            .Write(new Delivery(1, "robot", notice, notice.At, 0), order, "3-1201");
    }
}
