using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hub.Gateway.Storage;

/// <summary>
/// One writes to a hub.db at a time, and the next waits for him. SQLite itself looks again after 1, 2, 5, … ms; the
/// driver, which would do the waiting otherwise, sleeps for 150 ms each time, and a press with it.
/// </summary>
internal sealed class SqliteWaiting(TimeSpan waitMax) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Set(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private void Set(DbConnection connection)
    {
        _ = SQLitePCL.raw.sqlite3_busy_timeout(((SqliteConnection)connection).Handle, (int)waitMax.TotalMilliseconds);
    }
}
