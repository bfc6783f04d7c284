using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Hub.Gateway.Live;

/// <summary>
/// One stream of changes for every open page. A page that can't keep up loses the oldest changes, not the newest:
/// it fetches whole states anyway, so the last change is the one that counts.
/// </summary>
public sealed class LiveFeed
{
    private const int ChangesPerPageMax = 256;

    private readonly ConcurrentDictionary<Channel<LiveChange>, bool> _pages = new();
    private long _number;

    public int PageCount => _pages.Count;

    public void Publish(string topic, string key)
    {
        var change = new LiveChange(Interlocked.Increment(ref _number), topic, key);
        foreach (var page in _pages.Keys)
        {
            page.Writer.TryWrite(change);
        }
    }

    public async IAsyncEnumerable<LiveChange> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var page = Channel.CreateBounded<LiveChange>(
            new BoundedChannelOptions(ChangesPerPageMax) { FullMode = BoundedChannelFullMode.DropOldest });
        _pages[page] = true;
        try
        {
            await foreach (var change in page.Reader.ReadAllAsync(cancel))
            {
                yield return change;
            }
        }
        finally
        {
            _pages.TryRemove(page, out _);
        }
    }
}
