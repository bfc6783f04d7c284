using System.Collections.Concurrent;
using Hub.Edge.Sampling;
using Hub.Testing;

namespace Hub.Edge.Tests.Sampling;

/// <summary>Sources by name, of which one may be slow to end.</summary>
public sealed class SourceSetTests : IAsyncDisposable
{
    private readonly ToldValues _told = new();
    private readonly DeviceFaults _faults;
    private readonly SourceSet _set;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _happened = new(0);
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _slow = new();
    private Task _running = Task.CompletedTask;

    public SourceSetTests()
    {
        _faults = new DeviceFaults(_told, new ManualTime());
        _set = new SourceSet(_faults);
    }

    [Fact]
    public async Task What_is_the_same_goes_on_and_what_is_new_begins_when_what_is_gone_has_ended()
    {
        Use(Source("same"), Source("slow"));
        await UntilAsync("begins same", "begins slow");

        _set.Use([Source("new"), Source("same")]);
        await UntilAsync("begins same", "begins slow", "stops slow");
        _slow.SetResult();
        await UntilAsync("begins same", "begins slow", "stops slow", "begins new");

        _set.Use([]);
        await UntilAsync("begins same", "begins slow", "stops slow", "begins new", "stops same", "stops new");
    }

    [Fact]
    public async Task What_nobody_reads_any_more_is_no_fault_and_what_is_read_otherwise_may_still_be_one()
    {
        var (pump, tank, level) = (Point("a", "pump"), Point("b", "tank"), Point("c", "tank"));
        Use(Source("1", pump, tank), Source("2", level));
        await UntilAsync("begins 1", "begins 2");
        _faults.Note(pump, "Gone.");
        _faults.Note(tank, "Gone.");
        _faults.Note(level, "Gone.");

        _set.Use([Source("3", tank)]);
        await UntilAsync("begins 1", "begins 2", "stops 1", "stops 2", "begins 3");
        Assert.Equal("tank/b: Gone.", _faults.First);
        Assert.Equal(1, _faults.Count);
        Assert.Equal([0, 1], _told.Of("pump/device.online"));

        _faults.TellAll(); // Of the pump nobody knows any more.
        Assert.Equal([0, 1], _told.Of("pump/device.online"));
        Assert.Equal([0, 0], _told.Of("tank/device.online"));
    }

    [Fact]
    public async Task A_loop_that_ends_before_its_time_stops_the_others_and_says_why()
    {
        Use(Source("same"), new Source("bad", [], async stopping =>
        {
            await Task.Yield();
            throw new InvalidOperationException("A bug.");
        }));

        Assert.Equal("A bug.", (await Assert.ThrowsAsync<InvalidOperationException>(() => _running)).Message);
        Assert.Equal(["begins same", "stops same"], _log);
        _running = Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _slow.TrySetResult();
        await _stop.CancelAsync();
        await _running;
        _set.Dispose();
        _told.Dispose();
        _happened.Dispose();
        _stop.Dispose();
    }

    private static SampledPoint Point(string signal, string device) => new() { Device = device, Signal = signal };

    private void Use(params Source[] sources)
    {
        _set.Use(sources);
        _running = _set.RunAsync(_stop.Token);
    }

    private Source Source(string name, params SampledPoint[] points) => new(name, points, async stopping =>
    {
        Note($"begins {name}");
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stopped.SetResult);
        await stopped.Task;
        Note($"stops {name}");
        if (name == "slow")
        {
            await _slow.Task;
        }
    });

    private void Note(string what)
    {
        _log.Enqueue(what);
        _happened.Release();
    }

    /// <summary>Waits until so much has happened, and that it was this.</summary>
    private async Task UntilAsync(params string[] happened)
    {
        while (_log.Count < happened.Length)
        {
            Assert.True(await _happened.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken),
                $"Only this happened: {string.Join(", ", _log)}.");
        }

        Assert.Equal(happened.Order(), _log.Order());
    }
}
