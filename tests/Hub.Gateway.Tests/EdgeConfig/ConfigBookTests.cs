using Hub.Gateway.EdgeConfig;
using Hub.Gateway.Ingest;
using Hub.Gateway.Live;
using Hub.Testing;
using Hub.Transport.Messages;

namespace Hub.Gateway.Tests.EdgeConfig;

/// <summary>What is known of an edge's configuration, from what is wanted and what the edge says.</summary>
public sealed class ConfigBookTests
{
    private readonly ManualTime _time = new();
    private readonly ConfigBook _book;

    public ConfigBookTests() => _book = new ConfigBook(
        new LiveFeed(), new EdgeConfigOptions { Clock = _time, FaultsMax = 2, FaultCharactersMax = 20 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ConfigState State => _book.Look("e1").State;

    [Fact]
    public void An_edges_word_moves_it_from_away_to_in_force()
    {
        Assert.Equal(ConfigState.None, State);
        Want("8");
        Assert.Equal(ConfigState.Away, State);
        Status(isOnline: true, "7");
        Assert.Equal(ConfigState.Waiting, State);
        Answer("config:8", true);
        Assert.Equal((ConfigState.InForce, "8"), (State, _book.Look("e1").Reported));

        // A will doesn't know what the edge ran with.
        Status(isOnline: false, null);
        Assert.Equal((ConfigState.InForce, "8"), (State, _book.Look("e1").Reported));
        Want("", text: "");
        Answer("config:refused", false, "of what is not wanted any more");
        Assert.Equal((ConfigState.None, "8"), (State, _book.Look("e1").Reported));
        Assert.Empty(_book.Look("e1").Faults);
    }

    [Fact]
    public void A_refusal_counts_for_what_is_wanted_and_for_nothing_else()
    {
        Status(isOnline: true, "7");
        Want("8");
        Answer("config:7", false, "of the one before");
        Answer("c1", false, "of a command");
        Assert.Equal(ConfigState.Waiting, State);
        Answer("config:8", false, "o\u001b\tne\ntwo is longer than it may be\nthree");
        Assert.Equal(ConfigState.Refused, State);
        Assert.Equal(["o  ne", "two is longer than i…"], _book.Look("e1").Faults);

        Want("9");
        Assert.Equal(ConfigState.Waiting, State);
        Assert.Empty(_book.Look("e1").Faults);
        Answer("config:refused", false);
        Assert.Equal(["It gives no reason."], _book.Look("e1").Faults);
        Answer("config:9", true);
        Assert.Equal(ConfigState.InForce, State);
        Assert.Empty(_book.Look("e1").Faults);

        // In safe mode it runs with an older one again, and says so.
        Status(isOnline: true, "7");
        Answer("config:9", false, "it ended");
        Assert.Equal((ConfigState.Refused, "7"), (State, _book.Look("e1").Reported));
    }

    [Fact]
    public async Task Whoever_asks_waits_for_the_answer_but_no_longer_than_asked_and_not_for_an_edge_that_is_away()
    {
        Want("8");
        Assert.Equal(ConfigState.Away, (await WaitAsync()).State);

        Status(isOnline: true, "7");
        var waiting = WaitAsync();
        Status(isOnline: true, "6");
        Assert.False(waiting.IsCompleted);
        Answer("config:8", true);
        Assert.Equal(ConfigState.InForce, (await waiting).State);

        Want("9");
        waiting = WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(waiting.IsCompleted);
        await _time.AdvanceUntilAsync(waiting, TimeSpan.FromSeconds(1));
        Assert.Equal(ConfigState.Waiting, (await waiting).State);
    }

    [Fact]
    public void What_an_edge_says_is_kept_when_it_is_something_else_with_since_when()
    {
        var first = _time.GetUtcNow();
        Want("8");
        Assert.Empty(_book.TakeUnkept());
        Status(isOnline: true, "7");
        Assert.Equal(("7", first), Kept());
        _time.Advance(TimeSpan.FromMinutes(1));
        Status(isOnline: false, null);
        Status(isOnline: true, "7");
        Assert.Empty(_book.TakeUnkept());

        Answer("config:8", false, "one");
        Assert.Equal(("7", first), Kept());
        Answer("config:8", false, "one");
        Assert.Empty(_book.TakeUnkept());
        Answer("config:8", true);
        Assert.Equal(("8", _time.GetUtcNow()), Kept());
    }

    [Fact]
    public void What_was_kept_holds_until_the_edge_says_more_and_its_faults_for_what_was_wanted_then()
    {
        var before = _time.GetUtcNow() - TimeSpan.FromDays(1);
        Want("8", number: 2);
        _book.Recall("e1", "7", before, ["one"], number: 2);
        Assert.Equal(ConfigState.Refused, State);
        Assert.Equal(("7", before), (_book.Look("e1").Reported, _book.Look("e1").ReportedAt));

        Want("9", number: 3);
        Assert.Equal(("7", before), Kept());
        _book.Recall("e1", "6", before, ["late"], number: 3);
        Assert.Equal((ConfigState.Away, "7"), (State, _book.Look("e1").Reported));

        _book.Recall("e2", "7", before, ["of another"], number: 1);
        Assert.Empty(_book.Look("e2").Faults);
        Assert.Equal("7", _book.Look("e2").Reported);
        Assert.Empty(_book.TakeUnkept());
    }

    private (string?, DateTimeOffset?) Kept()
    {
        var (edge, look) = Assert.Single(_book.TakeUnkept());
        Assert.Equal("e1", edge);
        return (look.Reported, look.ReportedAt);
    }

    private Task<ConfigLook> WaitAsync() => _book.WaitAsync("e1", TimeSpan.FromSeconds(10), Cancel);

    private void Want(string version, string text = "{}", int number = 1) =>
        _book.Want(new WantedConfig("e1", number, version, text, _time.GetUtcNow(), "engineer-02"));

    private void Status(bool isOnline, string? config) => _book.OnStatus(new EdgeStatus(
        "e1", isOnline, _time.GetUtcNow(),
        new EdgeStatusMessage(isOnline ? EdgeState.Online : EdgeState.Offline, Config: config)));

    private void Answer(string id, bool isDone, string why = "") =>
        _book.OnAnswer(new EdgeAnswer("e1", id, isDone, why, _time.GetUtcNow()));
}
