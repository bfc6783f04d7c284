using System.Threading.Channels;
using Hub.Gateway.Adapters;

namespace Hub.Gateway.Ingest;

/// <summary>
/// What adapters ask of devices, on its way from the intake, which must not wait, to the broker. When it is full the
/// oldest goes: whoever asked asks again.
/// </summary>
internal sealed class AdapterRequests(int requestsMax)
{
    private readonly Channel<AdapterRequest> _waiting = Channel.CreateBounded<AdapterRequest>(
        new BoundedChannelOptions(requestsMax) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Ask(AdapterRequest request) => _waiting.Writer.TryWrite(request);

    public IAsyncEnumerable<AdapterRequest> ReadAsync(CancellationToken cancel) =>
        _waiting.Reader.ReadAllAsync(cancel);
}
