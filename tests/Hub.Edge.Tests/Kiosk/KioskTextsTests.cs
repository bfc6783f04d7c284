using System.Text.RegularExpressions;
using Hub.Edge.Kiosk;

namespace Hub.Edge.Tests.Kiosk;

public partial class KioskTextsTests
{
    [Fact]
    public void Every_language_has_every_key_and_none_is_empty()
    {
        var keys = KioskTexts.Keys("zh-Hans").Order().ToArray();
        foreach (var language in KioskTexts.Languages)
        {
            Assert.Equal(keys, KioskTexts.Keys(language).Order());
            Assert.All(keys, key => Assert.NotEmpty(KioskTexts.Of(language, key)));
        }
    }

    [Fact]
    public void Every_language_fills_in_the_same_places()
    {
        foreach (var key in KioskTexts.Keys("zh-Hans"))
        {
            var places = Places(KioskTexts.Of("zh-Hans", key));
            Assert.All(KioskTexts.Languages, language => Assert.Equal(places, Places(KioskTexts.Of(language, key))));
        }
    }

    [Fact]
    public void Texts_blame_nobody_and_do_not_shout_at_whoever_waits() =>
        Assert.All(KioskTexts.Languages, language => Assert.All(
            KioskTexts.Keys(language).Where(key => !key.StartsWith("rate", StringComparison.Ordinal)),
            key => Assert.DoesNotContain(KioskTexts.Of(language, key), letter => letter is '!' or '！')));

    private static string Places(string text) =>
        string.Join(",", Place().Matches(text).Select(match => match.Value).Order());

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
