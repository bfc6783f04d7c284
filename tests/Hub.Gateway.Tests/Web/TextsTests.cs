using System.Text.RegularExpressions;
using Hub.Gateway.Facilities;
using Hub.Gateway.Fleet;
using Hub.Gateway.Homecoming;
using Hub.Gateway.Notify;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Orders;
using Hub.Gateway.Web.Tour;
using Hub.Gateway.Words;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Web;

public partial class TextsTests
{
    private static readonly string Pages = Path.Combine(Root(), "Hub.Gateway", "Web");

    [Fact]
    public void Every_word_exists_in_all_five_languages()
    {
        var all = Texts.Languages.Select(Texts.In).ToList();
        var keys = all.SelectMany(texts => texts.Keys).Distinct().ToList();

        var missing = from texts in all
                      from key in keys
                      where !texts.Has(key) || string.IsNullOrWhiteSpace(texts[key])
                      select $"{texts.Language}: {key}";

        Assert.Empty(missing);
        Assert.Equal(5, all.Count);
    }

    [Fact]
    public void A_sentence_has_the_same_places_in_every_language()
    {
        var faults = from key in Texts.In("en").Keys
                     let places = Texts.Languages.Select(language => Places(Texts.In(language)[key])).ToList()
                     where places.Distinct().Count() > 1
                     select $"{key}: {string.Join(" | ", places)}";

        Assert.Empty(faults);
    }

    [Fact]
    public void Every_word_that_a_page_asks_for_exists()
    {
        var asked = from file in Sources()
                    from Match match in Asked().Matches(File.ReadAllText(file))
                    let key = match.Groups[1].Value
                    where !Texts.In("en").Has(key)
                    select $"{Path.GetFileName(file)}: {key}";

        Assert.Empty(asked);
    }

    [Fact]
    public void Every_word_that_the_script_asks_for_is_handed_to_it()
    {
        var layout = File.ReadAllText(Path.Combine(Pages, "Shell", "Layout.razor"));
        var scripts = Directory.EnumerateFiles(Path.Combine(Root(), "Hub.Gateway", "wwwroot"), "*.js");

        var missing = from file in scripts
                      from Match match in Said().Matches(File.ReadAllText(file))
                      where !layout.Contains($"\"{match.Groups[1].Value}\"", StringComparison.Ordinal)
                      select match.Groups[1].Value;

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_member_of_a_family_has_its_word()
    {
        string[] shown = ["Note", "Accept", "Arrive", "Answer"];
        var families = new Dictionary<string, IEnumerable<string>>
        {
            ["state"] = Enum.GetNames<OrderState>(),
            ["act"] = Enum.GetNames<OrderAction>(),
            ["save"] = Enum.GetNames<OrderAction>().Except(shown).Append("Note"),
            ["hint"] = Enum.GetNames<OrderAction>().Except(shown).Append("Note"),
            ["refusal"] = Enum.GetNames<RefusalReason>(),
            ["pause-refusal"] = Enum.GetNames<PauseRefusal>().Except([nameof(PauseRefusal.None)]),
            ["told"] = Enum.GetNames<NoticeKind>(),
            ["suspicion"] = Enum.GetNames<SuspicionKind>(),
            ["clock"] = Enum.GetNames<ClockKind>(),
            ["promise"] = Enum.GetNames<ClockKind>(),
            ["source"] = Enum.GetNames<OrderSource>(),
            ["occupancy"] = Enum.GetNames<Occupancy>(),
            ["aside"] = Enum.GetNames<SetAsideKind>(),
            ["signal"] = Signal.All.Select(signal => signal.Name),
            ["cause"] = CauseList.All,
            ["channel"] = ActionForm.Channels,
            ["rating"] = ActionForm.Ratings,
            ["window"] = ["inspection", "viewing", "cleaning", "renovation", "flushing", "homecoming", "visit"],
            ["facility-type"] = FacilityPolicy.Types,
            ["facility-fault"] = Enum.GetNames<FacilityFault>(),
            ["facility"] = FacilityFile.CardColumns.Select(column => column.Name),
            ["period"] = Enum.GetNames<PeriodUnit>(),
            ["period-every"] = Enum.GetNames<PeriodUnit>(),
            ["plan-anchor"] = ["due", "done"],
            ["maintenance"] = ["due", "hours", "vendor"],
            ["homecoming"] = ["order", .. new HomecomingPolicy().Steps.Select(step => step.What)],
            ["kind"] = ["summon", "leak", "electricity", "intrusion", "facility", "device", "maintenance", .. OrderPolicy.Standard.PersonKinds],
            ["role"] = ["resident", "butler", "partner", "hotline", "chief", "director", "quality", "engineer", "hub", "kiosk"],
            ["door"] = Roles.All,
            ["event"] = typeof(OrderEvent).GetNestedTypes().Select(type => type.Name)
                .Except(["ClockStarted", "ClockStopped"]).Append("WillEscalate"),
            ["trouble.head"] = ["400", "403", "404", "405", "500"],
            ["tour"] = ["tone-quiet", "tone-empty", "tone-soon", "tone-busy", "tone-late"],
            ["panel"] = DemoActions.All.Except([DemoActions.Speed]).Append("speed"),
            ["health"] = ["ok", "late", "offline", "suspect", "unused", "never"],
        };

        var missing = from family in families
                      from member in family.Value
                      where !Texts.In("en").Has($"{family.Key}.{member}")
                      select $"{family.Key}.{member}";

        Assert.Empty(missing);
    }

    [Fact]
    public void No_page_carries_words_of_its_own()
    {
        var faults = from file in Sources()
                     from line in File.ReadAllLines(file).Select((text, index) => (text, number: index + 1))
                     where !line.text.TrimStart().StartsWith("///", StringComparison.Ordinal)
                     where EastAsian().IsMatch(line.text) || Spoken().IsMatch(line.text)
                     select $"{Path.GetFileName(file)}:{line.number}: {line.text.Trim()}";

        Assert.Empty(faults);
    }

    [Fact]
    public void An_unknown_language_gets_the_houses_first()
    {
        Assert.Equal("zh-Hans", Texts.In("tlh").Language);
        Assert.Equal("zh-Hans", Texts.In(null).Language);
        Assert.False(Texts.Speaks("../en"));
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Pages, "*.*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".razor" or ".cs");

    private static string Places(string sentence) =>
        string.Join(' ', Place().Matches(sentence).Select(match => match.Value).Distinct().Order());

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BuildingHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("""(?:\bT|texts|\bt)\["([a-z][\w.-]+)"[\],]""")]
    private static partial Regex Asked();

    [GeneratedRegex("say\\(\"([a-z][\\w.-]+)\"")]
    private static partial Regex Said();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")]
    private static partial Regex EastAsian();

    // Words between two tags, or in an attribute that people read or hear.
    [GeneratedRegex("""(?:<(?!kbd|/)\w+[^<>@]*>\s*(?!BuildingHub)[A-Z][a-z]{2,}[^<>]*</)|(?:(?:title|aria-label|placeholder|alt)="[A-Za-z])""")]
    private static partial Regex Spoken();
}
