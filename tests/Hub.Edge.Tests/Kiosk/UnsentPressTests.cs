using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using Hub.Testing;

namespace Hub.Edge.Tests.Kiosk;

public sealed class UnsentPressTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly EdgeOutbox _outbox;

    public UnsentPressTests() =>
        _outbox = EdgeOutbox.Open(_folder.Path, 1 << 20, 1 << 20, 100, 10, () => default);

    [Fact]
    public void The_screens_last_press_that_waits_is_found_with_its_place()
    {
        Press("lobby", "a");
        var place = Press("lobby", "b");
        Press("elsewhere", "c");

        Assert.Equal(new UnsentPress("b", At, place), UnsentPress.Find(_outbox.Events, "lobby"));
    }

    [Fact]
    public void One_that_was_cancelled_or_sent_is_none()
    {
        Assert.Null(UnsentPress.Find(_outbox.Events, "lobby"));
        Press("lobby", "a");
        _outbox.Commit(new EdgeRecord("lobby", EdgeSignals.Cancel, At, 1, "a"));
        Assert.Null(UnsentPress.Find(_outbox.Events, "lobby"));

        Press("lobby", "b");
        var (position, row) = _outbox.Events.Read(_outbox.Events.Sent, 1 << 20)[^1];
        _outbox.Events.MoveSent(row.Epoch, position, row.Next);
        Assert.Null(UnsentPress.Find(_outbox.Events, "lobby"));
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _folder.Dispose();
    }

    private OutboxPlace Press(string device, string id) =>
        _outbox.Commit(new EdgeRecord(device, EdgeSignals.Press, At, 1, id));
}
