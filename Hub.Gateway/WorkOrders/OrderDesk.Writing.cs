using System.Globalization;
using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.WorkOrders;

public sealed partial class OrderDesk
{
    /// <summary>Orders whose clocks are brought up to date in one transaction; the rest follow in the next.</summary>
    private const int ElapseOrdersMax = 200;

    /// <summary>One at a time: decide, commit, and only then let it be seen.</summary>
    private async Task<T> AtDeskAsync<T>(Func<DeskDraft, Task<T>> decide, CancellationToken cancel)
    {
        using var turn = await _desk.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = _row ?? await LoadAsync(db, cancel);
        var draft = new DeskDraft(db, _live, row.Copy(), time.GetUtcNow(), Policy);
        var answer = await decide(draft);
        if (draft.Changed.Count > 0 || draft.Desk.Cursor != row.Cursor)
        {
            await CommitAsync(draft);
        }
        else
        {
            // An order that has not gone on because another is open waits no longer, though nothing is written of it.
            _live = draft.Live;
        }

        return answer;
    }

    private async Task CommitAsync(DeskDraft draft)
    {
        try
        {
            // Not cancelled half-way: whoever gives up waiting now would not know what has been written.
            await draft.CommitAsync(CancellationToken.None);
        }
        catch
        {
            // Nobody knows what is on the disk now: the next caller reads it from there.
            _row = null;
            throw;
        }

        _row = draft.Desk;
        _live = draft.Live;
        foreach (var order in draft.Changed)
        {
            feed.Publish(Topic, order.Id.ToString(CultureInfo.InvariantCulture));
        }

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private async Task<DeskRow> LoadAsync(HubDb db, CancellationToken cancel)
    {
        var row = await db.Set<DeskRow>().AsNoTracking().FirstOrDefaultAsync(cancel);
        if (row is null)
        {
            row = new DeskRow();
            db.Add(row);
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }

        var live = LiveOrders.None;
        var at = Policy;
        var rows = db.Set<OrderRow>().AsNoTracking();
        // Two questions, for each has its index; of one with "or" every order there ever was would be read.
        foreach (var some in new[] { rows.Where(row => row.IsOpen), rows.Where(row => row.WakeAt != null) })
        {
            await foreach (var order in some.AsAsyncEnumerable().WithCancellation(cancel))
            {
                live = live.With(order.Order(), at);
            }
        }

        _live = live;
        Interlocked.Exchange(ref _cursor, row.Cursor);
        _row = row;
        return row;
    }
}
