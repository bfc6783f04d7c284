using Hub.Rules.Packs;

namespace Hub.Rules.Tests.Packs;

public class DefaultPacksTests
{
    /// <summary>Where a default rule departs from its detector's default on purpose.</summary>
    private static readonly string[] Departures =
    [
        // An empty home has no night to wait for.
        "vacant-water-continuous.lasting",
        "vacant-water-continuous.fast-lasting", "climate-frozen.lasting", "climate-frozen.own-factor",
        "room-temperature-unusual.deviation", "room-temperature-unusual.lasting", "room-temperature-unusual.new-usual",
        "room-humidity-unusual.deviation", "room-humidity-unusual.lasting", "room-humidity-unusual.new-usual",
        // Where people live, a door may stand open while they carry things in.
        "home-door-left-open.open-for",
    ];

    [Fact]
    public void Read_without_fault() => Assert.NotEmpty(DefaultPacks.All);

    [Fact]
    public void Have_rules_whose_ids_are_unique_over_all_packs()
    {
        var ids = DefaultPacks.All.SelectMany(pack => pack.Rules).Select(rule => rule.Id).ToList();

        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Use_every_detector_of_the_catalogue() => Assert.Empty(
        DetectorCatalogue.All.Select(spec => spec.Code).Except(Rules.Select(rule => rule.Detector)));

    [Fact]
    public void Match_the_catalogues_defaults()
    {
        var faults = from rule in Rules
                     from parameter in DetectorCatalogue.Of(rule.Detector).Parameters
                     let value = rule.Parameter(parameter.Name)
                     where parameter.Dimension is not (Dimension.SignalValue or Dimension.SignalDifference) // A level in metres is no default for degrees.
                         && Math.Abs(value - parameter.Default) > 1e-9
                         && !Departures.Contains($"{rule.Id}.{parameter.Name}")
                     select $"{rule.Id}.{parameter.Name} is {value}, the catalogue has {parameter.Default}";

        Assert.Empty(faults);
    }

    [Fact]
    public void Name_no_departure_that_is_none() => Assert.Empty(
        Departures.Except(
            from rule in Rules
            from parameter in DetectorCatalogue.Of(rule.Detector).Parameters
            where rule.Parameter(parameter.Name) != parameter.Default
            select $"{rule.Id}.{parameter.Name}"));

    [Fact]
    public void Say_why_in_a_sentence() =>
        Assert.All(Rules, rule => Assert.True(rule.Why!.Length > 40 && rule.Why.EndsWith('.'), rule.Id));

    [Fact]
    public void Keep_their_text_for_the_journal() =>
        Assert.All(DefaultPacks.All, pack =>
            Assert.Equal(pack.Version, RulePackFile.Read(pack.Id, DefaultPacks.YamlOf(pack.Id)).Value!.Version));

    private static IEnumerable<Rule> Rules => DefaultPacks.All.SelectMany(pack => pack.Rules);
}
