using Hub.Rules.Packs;

namespace Hub.Rules.Tests.Packs;

/// <summary>Faults planted one by one: each must come with its line, its value and what to do.</summary>
public class RulePackFaultTests
{
    [Theory]
    [InlineData("", 1, "id is missing", "it must be given")]
    [InlineData("id: p\nrules: []", 1, "version is missing")]
    [InlineData("id: p\nversion: one\nrules: []", 2, "version is 'one'", "a whole number from 1")]
    [InlineData("id: p\nversion: 0\nrules: []", 2, "version is '0'")]
    [InlineData("id: p q\nversion: 1\nrules: []", 1, "id is 'p q'", "letters a-z")]
    [InlineData("id: p\nversion: 1\nrules: []", 3, "rules is '[…]'", "at least one rule")]
    [InlineData("id: p\nversion: 1", 1, "rules is missing", "at least one rule")]
    [InlineData("id: p\nverson: 1\nrules: []", 2, "there is no key 'verson'", "did you mean 'version'?")]
    [InlineData("- id: p", 1, "the file is '[…]'", "a map of keys and values")]
    [InlineData("id: p\nversion: 1\nrules: [ { id: a", 3, "this is not YAML")]
    public void Says_what_is_wrong_with_a_pack(string text, int line, params string[] words) => Expect(text, line, words);

    [Theory]
    [InlineData("{ id: x, detector: W22, why: w }", "rules[1].detector is 'W22'", "W1, W2, W3", "did you mean 'W2'?")]
    [InlineData("{ id: x, detector: w2, why: w }", "did you mean 'W2'?")]
    [InlineData("{ id: x, why: w }", "rules[1].detector is missing")]
    [InlineData("{ detector: W2, why: w }", "rules[1].id is missing")]
    [InlineData("{ id: x, detector: W2 }", "rules[1].why is missing")]
    [InlineData("{ id: first, detector: W2, why: w }", "line 4 has this one")]
    [InlineData("{ id: x, detector: W2, why: w, parameters: { min-flow: 4 kWh } }", "its unit must be one of l/h, L/h")]
    [InlineData("{ id: x, detector: W2, why: w, parameters: { min-flow: 4 } }", "it needs a unit")]
    [InlineData("{ id: x, detector: W2, why: w, parameters: { min-flow: 0 L/h } }", "from 0.1 l/h to 10000 l/h")]
    [InlineData("{ id: x, detector: W2, why: w, parameters: { min-flw: 4 L/h } }", "parameters.min-flw", "did you mean 'min-flow'?")]
    [InlineData("{ id: x, detector: W2, why: w, parameters: { lasting: 365 d } }", "from 10 min to 30 d")]
    [InlineData("{ id: x, detector: W2, why: w, parameters: { lasting: long } }", "it must be a number in s", "'15 min'")]
    [InlineData("{ id: x, detector: Q2, why: w, parameters: { readings: 12 L } }", "it must be a plain number")]
    [InlineData("{ id: x, detector: W2, why: w, parameters: [ 4 ] }", "parameters is '[…]'")]
    [InlineData("{ id: x, detector: W2, why: w, onDelay: -1 min }", "from 0 s to 7 d")]
    [InlineData("{ id: x, detector: W2, why: w, offDelay: 1 y }", "offDelay is '1 y'", "ms, min, h, d")]
    [InlineData("{ id: x, detector: W2, why: w, scope: { kinds: [flat] } }", "scope.kinds is 'flat'", "unit, lobby, facility")]
    [InlineData("{ id: x, detector: W2, why: w, scope: { occupancy: empty } }", "any, vacant, occupied")]
    [InlineData("{ id: x, detector: W2, why: w, scope: { kinds: [lobby], occupancy: vacant } }", "only units can be vacant")]
    [InlineData("{ id: x, detector: W2, why: w, scope: { signals: [electric.energy] } }", "detector W2 does not read it")]
    [InlineData("{ id: x, detector: W2, why: w, scope: { signals: [water.volum] } }", "did you mean 'water.volume'?")]
    [InlineData("{ id: x, detector: W2, why: w, scope: { space: [a] } }", "there is no key 'space'", "did you mean 'spaces'?")]
    [InlineData("{ id: x, detector: W2, why: w, order: { kind: leek } }", "order.kind is 'leek'", "did you mean 'leak'?")]
    [InlineData("{ id: x, detector: W2, why: w, order: { priority: high } }", "notice, normal, urgent")]
    [InlineData("{ id: x, detector: W2, why: w, order: { audience: plumber } }", "butler, chief, engineer")]
    [InlineData("{ id: x, detector: W2, why: w, order: nothing }", "order is 'nothing'", "a map of keys and values")]
    [InlineData("{ id: x, detector: E4, why: w, order: { kind: electricity } }", "order.symptom is missing")]
    [InlineData("{ id: x, detector: W2, why: w, scopes: {} }", "there is no key 'scopes'", "did you mean 'scope'?")]
    public void Says_what_is_wrong_with_a_rule(string rule, params string[] words) => Expect(
        $"""
        id: p
        version: 1
        rules:
          - id: first
            detector: K1
            why: Because.

          - {rule}
        """,
        8, words);

    [Fact]
    public void Reports_ten_faults_of_one_file_at_once_and_in_order()
    {
        var read = RulePackFile.Read(
            "pack.yaml",
            """
            id: p
            version: x
            rules:
              - id: a
                detector: W9
                why: w
              - id: a
                detector: W1
                parameters: { min-volume: 3, repeat-fro: 1 min }
                onDelay: soon
                order: { kind: leek, audience: me }
              - detector: D1
                why: w
                scope: { kinds: [flat] }
            """);

        Assert.False(read.IsGood);
        Assert.Equal([2, 5, 7, 7, 9, 9, 10, 11, 11, 12], read.Faults.Select(fault => fault.Line).Take(10));
        Assert.Equal(10, read.Faults.Count);
    }

    private static void Expect(string text, int line, string[] words)
    {
        var read = RulePackFile.Read("pack.yaml", text);

        Assert.False(read.IsGood, "No fault was found.");
        Assert.Contains(read.Faults, fault =>
        {
            var said = fault.ToString();
            return said.StartsWith($"pack.yaml:{line}: ", StringComparison.Ordinal)
                && words.All(word => said.Contains(word, StringComparison.Ordinal));
        });
    }
}
