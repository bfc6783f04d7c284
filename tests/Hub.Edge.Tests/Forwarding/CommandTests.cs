using System.Text;
using Hub.Edge.Forwarding;
using Hub.Edge.Kiosk;

namespace Hub.Edge.Tests.Forwarding;

public class CommandTests
{
    [Fact]
    public void A_lamp_command_is_read_whole()
    {
        var command = Read("""
            {"id":"c1","do":"lamp","device":"b2","colours":["amber","green","pink"],"seconds":10,"expires":1767600000}
            """, out var id, out var fault);

        Assert.Equal(("c1", null), (id, fault));
        Assert.Equal(new EdgeCommand.Lamp("c1", DateTimeOffset.FromUnixTimeSeconds(1767600000), "b2",
            LampColours.Amber | LampColours.Green, TimeSpan.FromSeconds(10)), command);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData("7", null)]
    [InlineData("""{"do":"ping"}""", null)]
    [InlineData("""{"id":"c2","do":"open-door"}""", "c2")]
    [InlineData("""{"id":"c3"}""", "c3")]
    [InlineData("""{"id":{},"do":7}""", null)]
    public void What_is_not_understood_is_a_fault_with_an_id_to_answer_to_if_there_is_one(string json, string? expected)
    {
        Assert.Null(Read(json, out var id, out var fault));
        Assert.Equal(expected, id);
        Assert.NotNull(fault);
    }

    [Fact]
    public void Absurd_numbers_are_kept_within_their_limits()
    {
        var command = Read("""{"id":"c","do":"buzzer","seconds":1e300,"expires":-1}""", out _, out _);

        Assert.Equal(new EdgeCommand.Buzzer("c", null, "lobby", TimeSpan.FromMinutes(10)), command);
    }

    [Fact]
    public void After_its_expiry_a_command_is_not_done()
    {
        var ping = new EdgeCommand.Ping("c", DateTimeOffset.UnixEpoch.AddSeconds(10));

        Assert.Null(CommandLedger.Refusal(ping, DateTimeOffset.UnixEpoch.AddSeconds(9)));
        Assert.Equal("expired", CommandLedger.Refusal(ping, DateTimeOffset.UnixEpoch.AddSeconds(10)));
    }

    [Fact]
    public void The_same_command_again_gets_the_same_answer_and_the_memory_is_bounded()
    {
        var ledger = new CommandLedger();
        ledger.Remember("first", "expired");
        Assert.True(ledger.TryGetAnswer("first", out var fault));
        Assert.Equal("expired", fault);

        for (var i = 0; i < 256; i++)
        {
            ledger.Remember($"c{i}", null);
        }

        Assert.False(ledger.TryGetAnswer("first", out _));
        Assert.True(ledger.TryGetAnswer("c0", out fault));
        Assert.Null(fault);
    }

    [Fact]
    public void An_answer_says_what_was_asked_and_whether()
    {
        Assert.Equal("""{"id":"c","ok":true}""", Encoding.UTF8.GetString(CommandMessage.Answer("c", null)));
        Assert.Equal("""{"id":"c","ok":false,"why":"expired"}""",
            Encoding.UTF8.GetString(CommandMessage.Answer("c", "expired")));
    }

    [Fact]
    public void A_hub_asks_for_numbers_of_an_epoch()
    {
        var command = Read("""{"id":"c","do":"resend","epoch":9007199254740991,"from":3,"to":7}""", out _, out _);

        Assert.Equal(new EdgeCommand.Resend("c", null, 9007199254740991, 3, 7), command);
        Assert.Null(Read("""{"id":"c","do":"resend","epoch":1,"from":3}""", out _, out var fault));
        Assert.Contains("resend of epoch, from, to", fault, StringComparison.Ordinal);
    }

    private static EdgeCommand? Read(string json, out string? id, out string? fault) =>
        CommandMessage.Read(Encoding.UTF8.GetBytes(json), "lobby", out id, out fault);
}
