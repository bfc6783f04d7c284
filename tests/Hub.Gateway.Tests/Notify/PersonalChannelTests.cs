using Hub.Gateway.Notify;
using Hub.Gateway.WorkOrders;
using static Hub.Gateway.Tests.Notify.WangsChannels;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Notify;

public class PersonalChannelTests
{
    private static readonly SendAnswer Away = new SendAnswer.TryAgain("away");

    private readonly WangsChannels _told = new();

    [Fact]
    public async Task A_persons_own_channels_carry_what_that_person_is_told_and_the_groups_what_the_role_is()
    {
        using var room = _told.Open(Nov(30, 12));
        await room.PressAsync("p1", "b1-e1-lobby");

        await room.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(["12:00 call", "12:04 dueSoon"], Said(_told.Butler));
        Assert.Equal(["12:04 call", "12:05 breach"], Said(_told.Chief));
        // What came together is said together: at 12:04 the call for the chief, and that time runs out.
        Assert.Equal(["12:00 call", "12:01 call", "12:03 call", "12:04 call", "12:05 breach"], Said(_told.Group));
        // The second channel by age: two minutes after the first one, because nobody had accepted.
        Assert.Equal(["12:00 call", "12:04 dueSoon"], Said(_told.Late));
    }

    [Fact]
    public async Task A_second_channel_is_spared_what_somebody_has_accepted_by_then()
    {
        using var room = _told.Open(Nov(30, 12));
        var order = await room.PressAsync("p1", "b1-e1-lobby");
        await room.PassAsync(TimeSpan.FromMinutes(1));

        await room.AcceptAsync(order);
        await room.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(["12:01 taken", "12:04 dueSoon"], Said(_told.Late));
    }

    [Fact]
    public async Task What_only_informs_waits_until_the_quiet_hours_are_over()
    {
        using var room = _told.Open(Nov(30, 23));
        await room.PressAsync("p1", "b1-e1-lobby");

        await room.PassAsync(TimeSpan.FromHours(6), TimeSpan.FromMinutes(20));
        Assert.Empty(_told.Chief.Taken);
        await room.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(20));

        Assert.Contains("23:05 breach", Said(_told.Chief));
        var line = (await room.Book.OfOrderAsync(1, TestContext.Current.CancellationToken))
            .First(one => one is { Channel: "chief", Kind: NoticeKind.Breach });
        Assert.Equal((Nov(30, 6).AddDays(1), DeliveryState.Sent), (line.DoneAt, line.State));
    }

    [Fact]
    public async Task Each_hears_in_their_own_language_unless_the_channel_has_one()
    {
        using var room = _told.Open(Nov(30, 12));
        await room.PressAsync("p1", "b1-e1-lobby");

        await room.PassAsync(TimeSpan.Zero);

        Assert.StartsWith("请到场", Assert.Single(_told.Butler.Taken).Text, StringComparison.Ordinal);
        Assert.StartsWith("Please come", Assert.Single(_told.Group.Taken).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobodys_name_or_number_is_in_a_message()
    {
        using var room = _told.Open(Nov(30, 12));
        await room.PressAsync("p1", "b1-e1-lobby");

        await room.PassAsync(TimeSpan.FromMinutes(6));

        Assert.All(
            new[] { _told.Group, _told.Butler, _told.Late, _told.Chief }.SelectMany(receiver => receiver.Taken),
            letter => Assert.All(
                Sheet().People, person =>
                {
                    var said = $"{letter.Subject}{letter.Text}{letter.Data}";
                    Assert.DoesNotContain(person.Name, said, StringComparison.Ordinal);
                    Assert.False(person.Phone.Length > 0 && said.Contains(person.Phone, StringComparison.Ordinal));
                }));
    }

    /// <summary>
    /// Everybody's endpoint is away for a day; the hub is killed a hundred times, every tenth time between the sending
    /// and the writing down of it once the endpoints are back.
    /// </summary>
    [Fact]
    public async Task Through_a_day_without_receivers_and_a_hundred_kills_nothing_is_missed_and_little_comes_twice()
    {
        const int Kills = 100;
        var random = new Random(5341);
        FakeReceiver[] all = [_told.Group, _told.Butler, _told.Late, _told.Chief];
        Array.ForEach(all, receiver => receiver.Answer = _ => Away);
        using var room = _told.Open(Nov(30, 7), ChannelKind.Webhook);
        for (var i = 0; i < Kills - 10; i++)
        {
            if (i % 3 == 0)
            {
                await room.PressAsync($"p{i}", $"b1-e1-{i:0000}");
            }

            await room.PassAsync(TimeSpan.FromMinutes(random.Next(30)), TimeSpan.FromMinutes(7));
            room.Restart();
        }

        Assert.True(room.Now - Nov(30, 7) > TimeSpan.FromHours(24));
        var killed = 0;
        Array.ForEach(all, receiver => receiver.Answer = letter =>
        {
            if (killed >= 10 || random.Next(12) > 0)
            {
                return null;
            }

            killed++;
            receiver.Taken.Add(letter);
            throw new OperationCanceledException("killed");
        });
        for (var isDone = false; !isDone;)
        {
            try
            {
                await room.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));
                isDone = true;
            }
            catch (OperationCanceledException)
            {
                room.Restart();
            }
        }

        Assert.Equal(10, killed);
        var lines = new List<DeliveryLine>();
        for (var order = 1; order <= 30; order++)
        {
            lines.AddRange(await room.Book.OfOrderAsync(order, TestContext.Current.CancellationToken));
        }

        Assert.All(lines, line => Assert.Equal(DeliveryState.Sent, line.State));
        Assert.Equal(lines.Count, all.Sum(receiver => receiver.Taken.Select(letter => letter.Key).Distinct().Count()));
        Assert.InRange(all.Sum(receiver => receiver.Taken.Count) - lines.Count, 1, killed);
    }
}
