using Hub.Edge.Supervision;

namespace Hub.Edge.Tests.Supervision;

public sealed class SaidTests
{
    [Fact]
    public void A_trouble_is_new_when_it_begins_when_it_changes_and_when_it_comes_back()
    {
        var said = new Said();

        string?[] troubles = [null, "away", "away", "refused", "refused", null, null, "refused"];

        Assert.Equal(
            [false, true, false, true, false, false, false, true], troubles.Select(trouble => said.IsNew(trouble)));
    }
}
