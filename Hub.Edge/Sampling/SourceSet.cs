namespace Hub.Edge.Sampling;

/// <summary>
/// The sources that run, each in a loop of its own, so that none waits for another. Of a new list those begin that are
/// new, when those have ended that are not in it any more (two can't have one serial line); what is in both goes on
/// undisturbed. The faults of points that nobody reads any more are forgotten.
/// </summary>
public sealed class SourceSet(DeviceFaults faults) : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0);
    private readonly List<Running> _running = [];
    private volatile IReadOnlyList<Source> _wanted = [];

    /// <summary>From now on these, and no others. Any thread; the last call holds.</summary>
    public void Use(IReadOnlyList<Source> sources)
    {
        _wanted = sources;
        _changed.Release();
    }

    /// <summary>Until told to stop. A loop that ends before its time ends them all, with its exception.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await ChangeToAsync(_wanted);
                var changed = _changed.WaitAsync(stopping);
                var ended = await Task.WhenAny([changed, .. _running.Select(source => source.Loop)]);
                await ended;
                if (ended != changed)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            await StopAsync(_running);
        }
    }

    public void Dispose() => _changed.Dispose();

    private static async Task StopAsync(IReadOnlyList<Running> sources)
    {
        await Task.WhenAll(sources.Select(source => source.Stop.CancelAsync()));
        await Task.WhenAll(sources.Select(source => source.Loop));
        foreach (var source in sources)
        {
            source.Stop.Dispose();
        }
    }

    private async Task ChangeToAsync(IReadOnlyList<Source> wanted)
    {
        var gone = _running.Where(running => wanted.All(source => !source.Options.Equals(running.Source.Options)))
            .ToList();
        await StopAsync(gone);
        _running.RemoveAll(gone.Contains);
        var asked = wanted.SelectMany(source => source.Points).Select(point => point.Key);
        foreach (var point in gone.SelectMany(running => running.Source.Points).ExceptBy(asked, point => point.Key))
        {
            faults.Forget(point);
        }

        var begun = wanted.Where(source => _running.All(running => !running.Source.Options.Equals(source.Options)));
        _running.AddRange(begun.ToList().Select(source =>
        {
            var stop = new CancellationTokenSource();
            return new Running(source, stop, source.RunAsync(stop.Token));
        }));
    }

    private sealed record Running(Source Source, CancellationTokenSource Stop, Task Loop);
}
