using Hub.Gateway.Journal;
using Hub.Transport.Log;

namespace Hub.Proof.Tests.Simulation;

/// <summary>One follower of the journal, moved row by row; while it waits for something, it is left alone.</summary>
internal sealed class Following(
    JournalLog journal, string name, LogPosition after, Func<JournalRow, CancellationToken, Task> take)
{
    private readonly IAsyncEnumerator<JournalRow> _rows = Begin(journal, name, after);

    private Task _taking = Task.CompletedTask;
    private LogPosition _at = after > journal.Tail ? LogPosition.Start : after;

    public bool IsThrough => _taking.IsCompleted && _at >= journal.Tail;

    /// <summary>Takes so many rows at most; throws what the follower throws.</summary>
    public void Step(int rowsMax)
    {
        for (var i = 0; i < rowsMax && Settled() && _at < journal.Tail; i++)
        {
            var next = _rows.MoveNextAsync();
            Assert.True(next is { IsCompleted: true, Result: true }, "A row that is there was waited for.");
            _at = _rows.Current.Position;
            _taking = take(_rows.Current, CancellationToken.None);
        }

        Settled();
    }

    // The real loops ask for their first row at once, and with that their cursor is known to the journal.
    private static IAsyncEnumerator<JournalRow> Begin(JournalLog journal, string name, LogPosition after)
    {
        journal.Report(name, after);
        return journal.FollowAsync(name, after, CancellationToken.None).GetAsyncEnumerator();
    }

    private bool Settled()
    {
        if (_taking.IsCompleted)
        {
            _taking.GetAwaiter().GetResult();
        }

        return _taking.IsCompleted;
    }
}
