using System.Globalization;
using System.Text;
using Hub.Rules.Files;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Packs;

/// <summary>
/// A good pack for a known site, and in each case one thing wrong with it: <c>planted-faults.txt</c> has the cases as
/// data, each with the line of the fault and words of what is said.
/// </summary>
public class PlantedFaultTests
{
    private static readonly string Good = Text("planted-good.yaml");
    private static readonly PackSurroundings Around = Surroundings();

    public static TheoryData<string> Cases => [.. Blocks().Select(block => block.Name)];

    [Fact]
    public void The_pack_without_a_fault_is_taken() => Assert.Equal("", Read(Good).ToString());

    [Fact]
    public void There_are_forty_cases_at_least() => Assert.InRange(Cases.Count, 40, 200);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_planted_fault_is_refused_with_its_line_its_cause_and_its_cure(string name)
    {
        var block = Blocks().Single(one => one.Name == name);

        var read = Read(block.Apply(Good));

        Assert.Null(read.Value);
        Assert.Contains(read.Faults, fault => fault.Line == block.Line && block.Words.All(
            word => fault.ToString().Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_of_many_faults_come_at_once()
    {
        var planted = Blocks().Where(block => block.IsCombinable).ToList();
        var text = planted.Aggregate(Good, (pack, block) => block.Apply(pack));

        var said = Read(text).Faults.Select(fault => fault.ToString()).ToList();

        Assert.InRange(planted.Count, 10, 100);
        Assert.All(planted, block => Assert.Contains(said, line => block.Words.All(
            word => line.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void The_packs_that_come_with_the_hub_pass_the_same_gate()
    {
        var around = PackSurroundings.None;
        foreach (var pack in DefaultPacks.All)
        {
            var read = RulePackFile.Read(pack.Id, DefaultPacks.YamlOf(pack.Id), around);
            Assert.Equal("", read.ToString());
            around = around.With(pack, pack.Id);
        }
    }

    private static Checked<RulePack> Read(string text) => RulePackFile.Read("pack.yaml", text, Around);

    private static PackSurroundings Surroundings()
    {
        var site = SiteFile.Read("site.yaml", Text("planted-site.yaml"));
        var other = RulePackFile.Read("other.yaml", """
            id: other
            version: 1
            rules: [ { id: elsewhere, detector: K1, why: Somebody calls. } ]
            """);
        return PackSurroundings.Of(site.Value ?? throw new InvalidOperationException(site.ToString()))
            .With(other.Value!, "other.yaml");
    }

    private static string Text(string name)
    {
        using var stream = typeof(PlantedFaultTests).Assembly
            .GetManifestResourceStream($"Hub.Rules.Tests.Packs.{name}")!;
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }

    private static IEnumerable<Planted> Blocks()
    {
        var blocks = Text("planted-faults.txt").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return blocks.Where(block => !block.StartsWith("##", StringComparison.Ordinal)).Select(Planted.Of);
    }

    /// <summary>
    /// <code>
    /// name of the case            a '*' at the end: it can't stand beside the others of the combined case
    /// 12 - the line as it is good
    ///    + the line as it is wrong; none takes it out, several put more in
    /// 12 : words | other words    of the fault expected, and its line
    /// </code>
    /// </summary>
    private sealed record Planted(
        string Name, bool IsCombinable, int At, string Before, IReadOnlyList<string> After, int Line, string[] Words)
    {
        public static Planted Of(string block)
        {
            var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var expect = lines[^1].Split(" : ", 2);
            var minus = lines[1].Split(" - ", 2);
            return new Planted(
                lines[0].TrimEnd('*', ' '), !lines[0].EndsWith('*'), Number(minus[0]), minus[1],
                [.. lines[2..^1].Select(line => line.TrimStart()[1..].Replace("\\t", "\t", StringComparison.Ordinal))
                    .Select(line => line.Length > 0 ? line[1..] : "")],
                Number(expect[0]), [.. expect[1].Split(" | ")]);
        }

        public string Apply(string pack)
        {
            var lines = pack.Split('\n').ToList();
            var at = lines.FindIndex(line => line == Before);
            var isWhereItIs = at >= 0 && (!pack.Equals(Good, StringComparison.Ordinal) || at == At - 1);
            Assert.True(isWhereItIs, $"{Name}: '{Before}' is on line {at + 1}.");
            lines.RemoveAt(at);
            lines.InsertRange(at, After);
            return string.Join('\n', lines);
        }

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
