using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>
/// A full or failing disk holds the followers up, and nothing else: the transaction is tried again until it works. The
/// journal holds what comes meanwhile, or has itself stopped acknowledging; pages go on with what there is.
/// </summary>
internal static partial class DiskPatience
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    public static async ValueTask<T> DoAsync<T>(
        Func<T> write, string what, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return write();
            }
            catch (SqliteException e) when (!SeriesDb.IsDamage(e))
            {
                if (isFirst)
                {
                    DiskFails(logger, what, e);
                }
            }

            await Task.Delay(RetryDelay, clock, stopping);
        }
    }

    [LoggerMessage(
        3204, LogLevel.Error,
        "series.db can't be written ({What}); it is tried again until it can. The journal waits.")]
    private static partial void DiskFails(ILogger logger, string what, Exception e);
}
