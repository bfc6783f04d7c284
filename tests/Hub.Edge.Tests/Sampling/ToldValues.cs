using System.Collections.Concurrent;
using Hub.Edge.Sensing;

namespace Hub.Edge.Tests.Sampling;

/// <summary>A sink that keeps what it was told, and can be waited at.</summary>
internal sealed class ToldValues : ISensingSink, IDisposable
{
    private readonly SemaphoreSlim _told = new(0);

    public ConcurrentQueue<(string Name, double Value)> All { get; } = new();

    public double[] Of(string name) => [.. All.Where(told => told.Name == name).Select(told => told.Value)];

    public async Task UntilAsync(Func<bool> isEnough, CancellationToken cancel)
    {
        while (!isEnough())
        {
            Assert.True(await _told.WaitAsync(TimeSpan.FromSeconds(30), cancel), "What was waited for was not told.");
        }
    }

    public void Told(string device, string signal, double value, DateTimeOffset at)
    {
        All.Enqueue(($"{device}/{signal}", value));
        _told.Release();
    }

    public void Pressed(string device, DateTimeOffset at) => Assert.Fail("Nobody pressed.");

    public void Dispose() => _told.Dispose();
}
