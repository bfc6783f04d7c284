using System.Text.RegularExpressions;
using Hub.Rules.Alarms;

namespace Hub.Rules.Tests.Alarms;

public partial class ExplanationsTests
{
    private static readonly TimeZoneInfo Shanghai =
        TimeZoneInfo.CreateCustomTimeZone("Shanghai", TimeSpan.FromHours(8), "Shanghai", "Shanghai");

    private static readonly Explanation Leak = new("W2.vacant", new Dictionary<string, string>
    {
        ["space"] = "3-1201",
        ["lasting"] = "14400",
        ["flow"] = "9",
        ["limit"] = "3.8",
        ["since"] = "2026-05-02T20:00:00Z",
        ["raised"] = "2026-05-20T20:00:00Z",
    });

    public static TheoryData<string> Languages => [.. Explanations.Languages];

    [Theory]
    [InlineData("en", "Water has run in 3-1201 in each of the last 4 hours, at least 9 L/h; vacant since 3 May; limit 3.8 L/h")]
    [InlineData("zh-Hans", "3-1201在过去 4 小时内每小时都有水流，至少 9 升/时；自5月3日起空置；限值 3.8 升/时")]
    [InlineData("zh-Hant", "3-1201在過去 4 小時內每小時都有水流，至少 9 升/時；自5月3日起空置；限值 3.8 升/時")]
    [InlineData("ja", "3-1201では直近 4 時間、毎時間水が流れ続けています。最低 9 L/h。5月3日から空室。しきい値 3.8 L/h")]
    [InlineData("ko", "3-1201에서 지난 4시간 동안 매시간 물이 흘렀습니다. 최소 9 L/h; 5월 3일부터 공실; 한도 3.8 L/h")]
    public void A_leak_is_told_in_five_languages_in_the_site_s_own_time(string language, string sentence) =>
        Assert.Equal(sentence, Explanations.Render(Leak, language, Shanghai));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_sentence_exists_in_every_language_with_the_same_places(string language)
    {
        var english = Explanations.SentencesOf("en");
        var other = Explanations.SentencesOf(language);

        Assert.Equal(english.Keys.Order(), other.Keys.Order());
        foreach (var key in english.Keys)
        {
            Assert.Equal((key, Places(english[key])), (key, Places(other[key])));
        }
    }

    [Fact]
    public void A_year_that_is_not_this_one_is_told()
    {
        var arguments = new Dictionary<string, string>(Leak.Arguments) { ["since"] = "2024-05-02T20:00:00Z" };

        Assert.Contains("3 May 2024", Explanations.Render(Leak with { Arguments = arguments }, "en", Shanghai), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "0 seconds")]
    [InlineData("61", "1 minute")]
    [InlineData("3600", "1 hour")]
    [InlineData("5400", "1 hour and 30 minutes")]
    [InlineData("273600", "3 days and 4 hours")]
    public void Durations_are_told_in_their_two_greatest_parts(string seconds, string told)
    {
        var dead = new Explanation("E3", new Dictionary<string, string> { ["space"] = "3-1201", ["lasting"] = seconds });

        Assert.Contains($"for {told}:", Explanations.Render(dead, "en", Shanghai), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "zh-Hans")]
    [InlineData("zh-TW", "zh-Hant")]
    [InlineData("en-GB", "en")]
    [InlineData("ko-KR", "ko")]
    [InlineData("de", "en")]
    public void Other_tags_find_their_language(string asked, string given) =>
        Assert.Equal(Explanations.Render(Leak, given, Shanghai), Explanations.Render(Leak, asked, Shanghai));

    [Fact]
    public void Large_numbers_and_times_are_written_as_people_write_them()
    {
        var burst = new Explanation("W3", new Dictionary<string, string>
        {
            ["space"] = "3-1201",
            ["litres"] = "12500",
            ["lasting"] = "1800",
            ["limit"] = "400",
        });
        var door = new Explanation("D1.left", new Dictionary<string, string>
        {
            ["space"] = "3-1201",
            ["at"] = "2026-05-04T13:05:00Z",
            ["limit"] = "300",
        });

        Assert.Equal(
            "A burst in 3-1201: 12,500 L within 30 minutes; limit 400 L", Explanations.Render(burst, "en", Shanghai));
        Assert.Equal("3-1201的门自5月4日 21:05起一直开着，超过 5 分钟", Explanations.Render(door, "zh-Hans", Shanghai));
    }

    private static string Places(string sentence) =>
        string.Join(' ', Place().Matches(sentence).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();
}
