using Hub.Edge.Kiosk;
using Hub.Testing;

namespace Hub.Edge.Tests.Kiosk;

public class PressTokensTests
{
    private static readonly byte[] Key = [1, 2, 3];

    [Fact]
    public void A_token_is_a_press_the_first_time_only_and_the_same_press_ever_after()
    {
        var tokens = new PressTokens(Key);
        var token = tokens.Issue();

        var first = tokens.Take(token);
        var second = tokens.Take(token);

        Assert.True(first!.Value.IsFirst);
        Assert.False(second!.Value.IsFirst);
        Assert.Equal(first.Value.PressId, second.Value.PressId);
    }

    [Fact]
    public void Over_a_restart_a_token_is_still_the_same_press()
    {
        using var folder = new TempFolder();
        var token = PressTokens.Open(folder.Path).Issue();

        Assert.Equal(
            PressTokens.Open(folder.Path).Take(token)!.Value.PressId,
            PressTokens.Open(folder.Path).Take(token)!.Value.PressId);
    }

    [Fact]
    public void What_was_not_issued_here_is_nothing()
    {
        var tokens = new PressTokens(Key);
        var token = tokens.Issue();

        Assert.Null(tokens.Take(""));
        Assert.Null(tokens.Take(new string('z', 64)));
        Assert.Null(tokens.Take(token[..^1]));
        Assert.Null(tokens.Take(token[..^1] + (token[^1] == '0' ? '1' : '0')));
        Assert.Null(new PressTokens([4]).Take(token));
    }
}
