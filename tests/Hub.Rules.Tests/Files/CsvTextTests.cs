using System.Text;
using Hub.Rules.Files;

namespace Hub.Rules.Tests.Files;

public class CsvTextTests
{
    [Fact]
    public void A_chinese_spreadsheet_s_own_encoding_is_read_and_rubbish_is_not()
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

        Assert.Equal("房屋托管", CsvText.Decode(gb.GetBytes("房屋托管")));
        Assert.Equal("房屋托管", CsvText.Decode(Encoding.UTF8.GetBytes("房屋托管")));
        Assert.Null(CsvText.Decode([0x81, 0xFF, 0xFF, 0x30]));
    }

    [Theory]
    [InlineData("=1+2", "'=1+2\r\n")]
    [InlineData("@x", "'@x\r\n")]
    [InlineData("-12.5", "-12.5\r\n")]
    [InlineData("-cmd", "'-cmd\r\n")]
    [InlineData("say \"hi\", all", "\"say \"\"hi\"\", all\"\r\n")]
    [InlineData("", "\r\n")]
    public void What_is_written_is_read_as_words_and_never_run_as_a_formula(string cell, string line) =>
        Assert.Equal(line, CsvText.Line(cell));
}
