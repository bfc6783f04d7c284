namespace Hub.Browser.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Runs() => Assert.NotNull(typeof(PlaceholderTests).Assembly);
}
