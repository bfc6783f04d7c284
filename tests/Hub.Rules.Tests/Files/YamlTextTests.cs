using Hub.Rules.Files;

namespace Hub.Rules.Tests.Files;

public class YamlTextTests
{
    [Theory]
    [InlineData("a: 1\nb: [1, 2\nc: 3", 2)]
    [InlineData("a: 1\n\tb: 2", 2)]
    [InlineData("a: \"open", 1)]
    [InlineData("a: b: c", 1)]
    [InlineData("a: 1\n- b", 2)]
    [InlineData("a: %\nb: @", 1)]
    public void Names_the_line_where_it_stops_being_YAML(string text, int line)
    {
        var faults = Faults(text);

        var fault = Assert.Single(faults);
        Assert.Contains("this is not YAML", fault.ToString(), StringComparison.Ordinal);
        Assert.InRange(fault.Line, line, line + 1);
    }

    [Fact]
    public void Says_that_tabs_do_not_indent() =>
        Assert.Contains("YAML knows no tabs", Faults("a:\n\tb: 2")[0].Cure, StringComparison.Ordinal);

    [Fact]
    public void Refuses_aliases_because_a_few_of_them_can_stand_for_millions() =>
        Assert.Contains("alias", Faults("a: &x [1]\nb: *x")[0].Limit, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_second_document() =>
        Assert.Contains("second document", Faults("a: 1\n---\nb: 2")[0].Limit, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_file_that_is_too_big() =>
        Assert.Contains("bytes", Faults(new string('#', YamlText.BytesMax + 1))[0].Limit, StringComparison.Ordinal);

    [Fact]
    public void Refuses_too_many_values()
    {
        var text = "a: [" + string.Join(',', Enumerable.Repeat("1", YamlText.NodesMax + 1)) + "]";

        Assert.Contains("values", Assert.Single(Faults(text)).Limit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Stops_at_the_depth_limit_however_deep_the_file_goes(char bracket) =>
        Assert.Contains("nested", Assert.Single(Faults(new string(bracket, 100_000))).Limit, StringComparison.Ordinal);

    [Fact]
    public void Random_text_is_read_or_refused_and_never_thrown_at_the_caller()
    {
        const string Alphabet = "ab:- \n\t[]{}'\"#&*!|>%@,?0.~";
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 30).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var faults = new FaultList("x.yaml");

            var read = YamlText.Read(text, faults);

            Assert.True(read is not null || faults.Count > 0, text);
        }
    }

    [Fact]
    public void Counts_the_faults_beyond_the_limit_instead_of_listing_them()
    {
        var faults = new FaultList("x.yaml");
        for (var i = 0; i < FaultList.FaultsMax + 5; i++)
        {
            faults.Add(i, "a", "b", "c");
        }

        var read = faults.Check(() => "never");

        Assert.Equal(FaultList.FaultsMax + 1, read.Faults.Count);
        Assert.Contains("5 more faults", read.Faults[^1].ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Fault> Faults(string text)
    {
        var faults = new FaultList("x.yaml");
        YamlText.Read(text, faults);
        return faults.Check(() => "good").Faults;
    }
}
