using Hub.Gateway.Notify;
using Hub.Gateway.Tests.Storage;

namespace Hub.Gateway.Tests.Notify;

public class PostmanTests
{
    private static readonly SendAnswer Away = new SendAnswer.TryAgain("away");

    private protected virtual int Crashes => 100;

    private protected virtual Tables NewTables() => new();

    [Fact]
    public async Task A_press_calls_the_butler_then_the_partner_then_the_desk_then_the_chief()
    {
        var receiver = new FakeReceiver();
        using var room = new PostRoom(receiver, Hook(), NewTables());
        await room.PressAsync("p1", "b1-lobby");

        await room.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(
            [
                "order.call butler", "order.call partner", "order.call hotline", "order.call chief",
                "order.dueSoon butler", "order.breach chief",
            ],
            receiver.Taken.Select(letter => $"{letter.Type} {letter.Data!.To}"));
    }

    [Fact]
    public async Task Accepting_stops_the_ringing_and_says_so_to_whom_it_rang()
    {
        var receiver = new FakeReceiver();
        using var room = new PostRoom(receiver, Hook(), NewTables());
        var order = await room.PressAsync("p1", "b1-lobby");
        await room.PassAsync(TimeSpan.FromMinutes(2));

        await room.AcceptAsync(order);
        await room.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(
            ["order.call butler", "order.call partner", "order.taken butler", "order.taken partner"],
            receiver.Taken.Select(letter => $"{letter.Type} {letter.Data!.To}"));
    }

    [Fact]
    public async Task People_are_spared_a_call_that_somebody_has_answered_meanwhile()
    {
        var receiver = new FakeReceiver { Answer = _ => Away };
        using var room = new PostRoom(receiver, tables: NewTables());
        var order = await room.PressAsync("p1", "b1-lobby");
        await room.PassAsync(TimeSpan.FromSeconds(30));
        await room.AcceptAsync(order);

        receiver.Answer = _ => null;
        await room.PassAsync(TimeSpan.FromMinutes(1));

        var letter = Assert.Single(receiver.Taken);
        Assert.Equal("order.taken", letter.Type);
    }

    [Fact]
    public async Task What_waits_is_said_to_people_in_one_message_and_to_programs_one_by_one()
    {
        foreach (var (channel, messages) in new[] { (Robot(), 1), (Hook(), 3) })
        {
            var receiver = new FakeReceiver();
            using var room = new PostRoom(receiver, channel, NewTables());
            await room.PressAsync("p1", "b1-lobby");
            await room.PressAsync("p2", "b2-lobby");
            await room.PressAsync("p3", "b3-lobby");

            await room.PassAsync(TimeSpan.Zero);

            Assert.Equal(messages, receiver.Taken.Count);
            Assert.All(
                ["b1-lobby", "b2-lobby", "b3-lobby"],
                space => Assert.Contains(
                    space, string.Concat(receiver.Taken.Select(letter => letter.Text)), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task No_more_than_the_robots_messages_a_minute_are_sent()
    {
        var receiver = new FakeReceiver { TextBytesMax = 1 };
        using var room = new PostRoom(receiver, Robot() with { PerMinuteMax = 2 }, NewTables());
        for (var i = 0; i < 5; i++)
        {
            await room.PressAsync($"p{i}", $"b{i}-lobby");
        }

        await room.PassAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(2, receiver.Taken.Count);
        await room.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(4, receiver.Taken.Count);
    }

    [Fact]
    public async Task What_a_receiver_refuses_is_given_up_and_does_not_keep_the_others()
    {
        var receiver = new FakeReceiver
        {
            Answer = letter => letter.Text.Contains("b1-lobby", StringComparison.Ordinal)
                ? new SendAnswer.Refused("not this one")
                : null,
        };
        using var room = new PostRoom(receiver, tables: NewTables());
        await room.PressAsync("p1", "b1-lobby");
        await room.PressAsync("p2", "b2-lobby");

        await room.PassAsync(TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(1));

        Assert.Contains("b2-lobby", Assert.Single(receiver.Taken).Text, StringComparison.Ordinal);
        var log = await room.Book.LogAsync(null, null, 100, TestContext.Current.CancellationToken);
        var refused = Assert.Single(log, row => row.State == DeliveryState.Failed);
        Assert.Equal((room.Options.RefusalsMax, "not this one"), (refused.Attempts, refused.Why));
    }

    [Fact]
    public async Task A_receiver_that_is_away_for_a_day_with_crashes_misses_nothing()
    {
        var (random, expected) = (new Random(5341), new List<string>());
        var receiver = new FakeReceiver { Answer = _ => Away };
        using var room = new PostRoom(receiver, Hook(), NewTables());
        for (var i = 0; i < Crashes; i++)
        {
            await room.PressAsync($"p{i}", $"b{i}-lobby");
            expected.Add($"b{i}-lobby");
            await room.PassAsync(TimeSpan.FromMinutes(random.Next(29)), TimeSpan.FromMinutes(7));
            room.Restart();
        }

        receiver.Answer = _ => null;
        await room.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));

        Assert.Equal(
            expected, receiver.Taken.Where(letter => letter.Type == "order.call")
                .Select(letter => letter.Data!.Space).Distinct());
        Assert.Equal(receiver.Taken.Count, receiver.Taken.Select(letter => letter.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_crash_between_sending_and_writing_it_down_repeats_one_message_with_the_same_key()
    {
        var receiver = new FakeReceiver();
        using var room = new PostRoom(receiver, Hook(), NewTables());
        await room.PressAsync("p1", "b1-lobby");
        receiver.Answer = letter =>
        {
            receiver.Taken.Add(letter);
            throw new OperationCanceledException("killed");
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => room.PassAsync(TimeSpan.Zero));

        receiver.Answer = _ => null;
        room.Restart();
        await room.PassAsync(TimeSpan.Zero);

        Assert.Equal(2, receiver.Taken.Count);
        Assert.Single(receiver.Taken.Select(letter => letter.Key).Distinct());
    }

    private static Channel Robot() => new("robot", ChannelKind.WeCom) { Language = "en" };

    private static Channel Hook() => new("hook", ChannelKind.Webhook) { Language = "en", PerMinuteMax = 600 };
}
