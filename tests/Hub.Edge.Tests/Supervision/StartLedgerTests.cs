using Hub.Edge.Setup;
using Hub.Edge.Supervision;
using Hub.Testing;

namespace Hub.Edge.Tests.Supervision;

public sealed class StartLedgerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void After_three_starts_that_did_not_last_the_configuration_that_last_did_is_used()
    {
        Lives("good");
        for (var i = 0; i < StartLedger.QuickStartsMax; i++)
        {
            Assert.Equal("bad", Begin().Choose("bad"));
        }

        var ledger = Begin();

        Assert.Equal("good", ledger.Choose("bad"));
        Assert.True(ledger.IsSafeMode);
        Assert.Equal(5, ledger.Starts);
        ledger.Settle("good");
        Assert.Equal("bad", Begin().Choose("bad")); // It lasted: once more, then.
    }

    [Fact]
    public void What_the_hub_had_sent_goes_with_it_and_is_not_taken_again()
    {
        var sent = new SentConfig(_folder.Path);
        sent.Keep("sent: 1");
        Lives("own");
        sent.Keep("sent: 2");
        Fails("own");

        Assert.True(Begin() is var ledger && ledger.Choose("own") == "own" && ledger.IsSafeMode);

        Assert.Equal("sent: 1", File.ReadAllText(_folder["config.sent"]));
        Assert.Equal((true, false), (sent.IsRefused("sent: 2"), sent.IsRefused("sent: 1")));
    }

    [Fact]
    public void Where_the_good_one_had_nothing_sent_what_was_sent_is_put_aside()
    {
        Lives("own");
        new SentConfig(_folder.Path).Keep("sent: 1");
        Fails("own");

        Begin().Choose("own");

        Assert.False(File.Exists(_folder["config.sent"]));
    }

    [Fact]
    public void Power_cuts_and_restarts_by_hand_change_nothing()
    {
        Lives("same");
        Fails("same");
        var ledger = Begin();
        Assert.Equal("same", ledger.Choose("same"));
        Assert.False(ledger.IsSafeMode);
        ledger.End();

        for (var i = 0; i < 10; i++)
        {
            var again = Begin();
            Assert.Equal("newer", again.Choose("newer"));
            again.End();
        }
    }

    [Fact]
    public void A_configuration_is_good_when_it_was_lived_with_from_one_look_to_the_next()
    {
        var ledger = Begin();
        ledger.Choose("first");
        ledger.Settle("first");
        new SentConfig(_folder.Path).Keep("came in between");
        ledger.Settle("first");
        Fails("first");

        Assert.True(Begin() is var again && again.Choose("first") == "first" && again.IsSafeMode);
        Assert.False(File.Exists(_folder["config.sent"]));
    }

    [Fact]
    public void Without_a_good_one_or_with_a_damaged_ledger_it_starts_with_what_there_is()
    {
        Fails("only");
        Assert.Equal("only", Begin().Choose("only"));

        File.WriteAllText(_folder["starts.json"], "{ torn");
        Assert.Equal(1, Begin().Starts);
    }

    [Fact]
    public void A_disk_that_takes_nothing_does_not_keep_the_edge_from_starting()
    {
        Directory.CreateDirectory(_folder["starts.json.next"]); // Nothing can be written beside it.

        var ledger = Begin();

        Assert.Equal((1, "own"), (ledger.Starts, ledger.Choose("own")));
        ledger.Settle("own");
        ledger.End();
    }

    public void Dispose() => _folder.Dispose();

    private StartLedger Begin() => StartLedger.Begin(_folder.Path);

    private void Lives(string own)
    {
        var ledger = Begin();
        ledger.Choose(own);
        ledger.Settle(own);
    }

    private void Fails(string own)
    {
        for (var i = 0; i < StartLedger.QuickStartsMax; i++)
        {
            Begin().Choose(own);
        }
    }
}
