using Hub.Rules.Site;

namespace Hub.Rules.Tests.Site;

/// <summary>Faults planted one by one: each must come with its line, its value and what to do.</summary>
public class SiteFileFaultTests
{
    private const string Head =
        """
        spaces:
          - { id: b3-e2-1201, kind: unit, occupancy: custody }
          - { id: hall, kind: lobby, entrance: b3-e2 }
        """;

    [Theory]
    [InlineData("sites: { id: a }", 4, "there is no key 'sites' here", "did you mean 'site'?")]
    [InlineData("site: { zone: Asia/Shanghia }", 4, "site.zone is 'Asia/Shanghia'", "did you mean 'Asia/Shanghai'?")]
    [InlineData("site: { language: zh_Hans }", 4, "zh-Hans, zh-Hant, en, ja, ko", "did you mean 'zh-Hans'?")]
    [InlineData("site: { lobbyHours: all day }", 4, "site.lobbyHours is 'all day'", "06:00-22:00")]
    [InlineData("site: { id: Garden Court }", 4, "site.id is 'Garden Court'", "put the name that people say in 'name'")]
    [InlineData("site: { id: a, id: b }", 4, "'id' stands twice, first on line 4", "keep one")]
    [InlineData("site: [ a ]", 4, "site is '[…]'", "it must be a map of keys and values")]
    [InlineData("site:\n  name: [ a ]", 5, "site.name is '[…]'", "it must be a single value")]
    [InlineData("commissioning:\n  - { device: 'x*', space: hal }", 5, "looks like it", "did you mean 'hall'?")]
    [InlineData("commissioning:\n  - { device: 'x*', space: 'a/{b}' }", 5, "only {device} and {edge} stand for")]
    [InlineData("commissioning:\n  - { device: 'x*', space: abc, auto: maybe }", 5, "true, false, yes, no")]
    [InlineData("commissioning:\n  - { space: abc }", 5, "commissioning[0].device is missing", "it must be given")]
    [InlineData("windows:\n  - { space: hall, from: 2026-11-22T12:00+08:00, to: 2026-11-22T09:00+08:00 }", 5, "later than 'from'")]
    [InlineData("windows:\n  - { space: hall, from: 2026-11-22, to: 2028-11-22 }", 5, "at most 366 d", "occupancy")]
    [InlineData("windows:\n  - { space: hell, from: 2026-11-22, to: 2026-11-23 }", 5, "no such space", "did you mean 'hall'?")]
    [InlineData("windows:\n  - { space: hall, from: tomorrow, to: 2026-11-23 }", 5, "windows[0].from is 'tomorrow'", "2026-11-22T09:00+08:00")]
    [InlineData("windows:\n  - { space: hall, from: 2026-11-22, to: 2026-11-23, reason: viewings }", 5, "did you mean 'viewing'?")]
    [InlineData("edges:\n  - { devices: [] }", 5, "edges[0].id is missing")]
    [InlineData("edges:\n  - { id: a }\n  - { id: a }", 6, "line 5 has this edge")]
    public void Says_what_is_wrong_in_a_section(string planted, int line, params string[] words) =>
        Expect($"{Head}\n{planted}", line, words);

    [Theory]
    [InlineData("{ id: x, kind: flat }", "spaces[2].kind is 'flat'", "it must be one of unit, lobby, facility")]
    [InlineData("{ id: x, kind: unti }", "did you mean 'unit'?")]
    [InlineData("{ kind: unit }", "spaces[2].id is missing")]
    [InlineData("{ id: hall }", "line 3 has this one", "give one of the two another id")]
    [InlineData("{ id: x, kind: facility, occupancy: unlet }", "only a unit can be vacant")]
    [InlineData("{ id: x, vacantSince: 2026-01-01 }", "an occupied space is not vacant")]
    [InlineData("{ id: x, occupancy: custdy }", "did you mean 'custody'?")]
    [InlineData("{ id: x, floor: 12th }", "it must be a whole number from -20 to 200")]
    [InlineData("{ id: x, kind: lobby, entrance: b3-e2 }", "an entrance has one lobby, and this one has 'hall'")]
    [InlineData("{ id: x, flor: 1 }", "there is no key 'flor' here", "did you mean 'floor'?")]
    [InlineData("just text", "spaces[2] is 'just text'", "a map of keys and values")]
    public void Says_what_is_wrong_with_a_space(string planted, params string[] words) =>
        Expect($"{Head}\n  - {planted}", 4, words);

    [Theory]
    [InlineData("{ signal: water.volme }", "did you mean 'water.volume'?")]
    [InlineData("{ signal: 'water volume' }", "letters, digits, '.', '-' and '_'")]
    [InlineData("{ signal: water.volume, pulse: 1 W }", "pulse is '1 W'", "its unit must be one of m3, m³, L, l, mL")]
    [InlineData("{ signal: water.volume, pulse: 1 }", "pulse is '1'", "it needs a unit")]
    [InlineData("{ signal: water.volume, pulse: one litre }", "it must be a number in m3")]
    [InlineData("{ signal: water.volume, pulse: 100 m3 }", "it must be from 0.00001 m3 to 10 m3")]
    [InlineData("{ signal: water.volume, pulse: -1 L }", "it must be from 0.00001 m3 to 10 m3")]
    [InlineData("{ signal: electric.energy, pulse: 0 imp/kWh }", "from 0.1 to 1000000 imp/kWh")]
    [InlineData("{ signal: electric.energy, pulse: 10000 imp/kWh, rateMax: 15 kW }", "6 kWh an hour", "plate")]
    [InlineData("{ signal: water.volume, pulse: 1 m3, rollover: 10 m3 }", "at least 100 pulses")]
    [InlineData("{ signal: water.flow, pulse: 1 }", "only a register has it, and water.flow is none")]
    [InlineData("{ signal: door.open }", "the point edge-b3/w-1/door.open is on line 8 already")]
    [InlineData("{ signal: water.flow, every: 10 ms }", "it must be from 1 s to 31 d")]
    [InlineData("{ signal: water.flow, space: halll }", "did you mean 'hall'?")]
    [InlineData("{ signal: water.flow, space: nowhere-at-all }", "declare it under 'spaces'")]
    [InlineData("{ sginal: water.flow }", "points[1].signal is missing")]
    public void Says_what_is_wrong_with_a_point(string planted, params string[] words) => Expect(
        $"""
        {Head}
        edges:
          - id: edge-b3
            devices:
              - {"{"} id: w-1, space: hall, points: [
                  {"{"} signal: door.open {"}"},
                  {planted} ] {"}"}
        """,
        9, words);

    [Theory]
    [InlineData("{ id: 'w 1', space: hall }", "no blanks, '+', '#'")]
    [InlineData("{ id: w-1 }", "devices[0].space is missing", "give the id of a declared space")]
    [InlineData("{ id: w-1, space: b3-e2-1021 }", "did you mean 'b3-e2-1201'?")]
    public void Says_what_is_wrong_with_a_device(string planted, params string[] words) =>
        Expect($"{Head}\nedges:\n  - id: edge-b3\n    devices:\n      - {planted}", 7, words);

    [Fact]
    public void Reports_ten_faults_of_one_file_at_once_and_in_order()
    {
        var read = SiteFile.Read(
            "site.yaml",
            """
            site: { zone: Mars/Base, langauge: en }
            spaces:
              - { id: a, kind: flat }
              - { id: a, kind: unit }
              - { kind: lobby }
            edges:
              - id: e
                devices:
                  - { id: w, space: b, points: [ { signal: water.volume, pulse: 1 W } ] }
            commissioning:
              - { device: "*" }
            windows:
              - { space: a, from: 2026-01-02, to: 2026-01-01, reason: sleep }
            """);

        Assert.False(read.IsGood);
        Assert.Equal([1, 1, 3, 4, 5, 9, 9, 11, 13, 13], read.Faults.Select(fault => fault.Line));
    }

    [Fact]
    public void A_commissioning_space_that_resembles_none_is_allowed()
    {
        var read = SiteFile.Read("site.yaml", $"{Head}\ncommissioning:\n  - {{ device: '*', space: load-test }}");

        Assert.True(read.IsGood, read.ToString());
    }

    private static void Expect(string text, int line, string[] words)
    {
        var read = SiteFile.Read("site.yaml", text);

        Assert.False(read.IsGood, "No fault was found.");
        Assert.Contains(read.Faults, fault =>
        {
            var said = fault.ToString();
            return said.StartsWith($"site.yaml:{line}: ", StringComparison.Ordinal)
                && words.All(word => said.Contains(word, StringComparison.Ordinal));
        });
    }
}
