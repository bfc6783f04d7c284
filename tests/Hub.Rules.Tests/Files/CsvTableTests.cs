using Hub.Rules.Files;

namespace Hub.Rules.Tests.Files;

public class CsvTableTests
{
    [Theory]
    [InlineData("name,note\r\nWang,\"a, b\"\r\n")]
    [InlineData("\uFEFFName;note\nWang;a, b")]
    [InlineData("name\tnote\n\n# left out\tx\nWang\ta, b\n\n")]
    public void Reads_what_spreadsheets_write(string text)
    {
        var (table, faults) = Read(text);

        Assert.Empty(faults);
        var row = Assert.Single(table!.Rows);
        Assert.Equal(("Wang", "a, b"), (row.Text("name"), row.Text("note")));
    }

    [Fact]
    public void Quotation_marks_hold_lines_and_marks_together()
    {
        var (table, faults) = Read("name,note\n\"Li \"\"the\"\" desk\",\"one\ntwo\"\nWu,x\n");

        Assert.Empty(faults);
        Assert.Equal(["Li \"the\" desk", "Wu"], table!.Rows.Select(row => row.Text("name")));
        Assert.Equal([2, 4], table.Rows.Select(row => row.Line));
    }

    [Fact]
    public void Every_fault_comes_with_its_line_field_value_limit_and_cure()
    {
        var list = new FaultList("people.csv");
        var table = CsvTable.Read("person,nmae,role\nok,x,butler\n-1,y,buttler\n,z,chief\na,b,chief,d\n", list, 100)!;
        table.Require(["person", "name", "role"], ["phone"], list);
        foreach (var row in table.Rows)
        {
            row.Id("person", required: true);
            row.Word("role", ["butler", "chief"]);
        }

        Assert.Equal(
            [
                "people.csv:1: nmae is 'nmae'; the columns are person, name, role, phone; did you mean 'name'?",
                "people.csv:1: name is missing; this column must be there",
                "people.csv:3: person is '-1'; an id has letters a-z, digits, '-', '_' and '.', and begins with a letter or digit",
                "people.csv:3: role is 'buttler'; it must be one of butler, chief; did you mean 'butler'?",
                "people.csv:4: person is missing; it must be given",
                "people.csv:5: the row has more fields than the 3 columns; put a field that has a separator in it between quotation marks",
            ],
            list.Check(() => "").Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void A_mark_that_is_never_closed_and_too_many_rows_are_said()
    {
        Assert.Contains("never closed", Assert.Single(Read("a,b\n1,\"2\n3,4\n").Faults).Limit, StringComparison.Ordinal);
        Assert.Contains("at most 2 rows", Assert.Single(Read("a\n1\n2\n3\n", 2).Faults).Limit, StringComparison.Ordinal);
        Assert.Null(Read("\n\n").Table);
    }

    [Fact]
    public void Any_text_at_all_is_a_table_or_a_fault()
    {
        var random = new Random(7);
        const string Letters = "a,;\t\"\r\n# \uFEFF";
        for (var i = 0; i < 2_000; i++)
        {
            var (table, faults) = Read(string.Concat(
                Enumerable.Range(0, random.Next(30)).Select(_ => Letters[random.Next(Letters.Length)])));

            Assert.True(table is not null || faults.Count > 0);
        }
    }

    private static (CsvTable? Table, IReadOnlyList<Fault> Faults) Read(string text, int rowsMax = 100)
    {
        var faults = new FaultList("t.csv");
        var table = CsvTable.Read(text, faults, rowsMax);
        return (table, faults.Check(() => "").Faults);
    }
}
