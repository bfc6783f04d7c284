namespace Hub.Gateway.Waiting;

/// <summary>One at a time: whoever has taken it is alone until it is given back by disposal.</summary>
internal sealed class Turn : IDisposable
{
    private readonly SemaphoreSlim _free = new(1, 1);

    public async Task<IDisposable> TakeAsync(CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        return new Taken(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Taken(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
