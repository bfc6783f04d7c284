using System.Diagnostics;
using Hub.Testing;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: at whatever system call the hub is killed, or its disk fails, nothing acknowledged is lost, each press has
/// one effect, and it starts again; an error that stays ends it with its exit code or stands in its log. The method: the
/// real program under strace, life after life on one data folder under load, each with its own point, and its clients'
/// ledgers at the end. BUILDINGHUB_CALL_POINTS says at how many points; "all" takes every kind of call and error from the
/// first such call of a life to the last.
/// </summary>
public sealed class CallPointTests : IDisposable
{
    private const string Row = "kill -9 and errors at system calls (strace)";
    private const int AtMax = 24;
    private const int LivesOfOneHub = 40;

    private static readonly TimeSpan LifeMax = TimeSpan.FromMilliseconds(400);
    /// <summary>The host gives its rooms half a minute for an orderly end, and a loaded machine a little more.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(45);

    private static readonly string[] Warnings = [" warn: ", " fail: ", " crit: "];

    private readonly string _strace = RealServer.Find("strace");
    private readonly TempFolder _folder = new();
    private readonly List<string> _faults = [];
    private bool _wasMet;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task At_whatever_system_call_it_is_killed_or_refused_the_hub_keeps_what_it_acknowledged_and_starts_again()
    {
        var count = Extent.Of("BUILDINGHUB_CALL_POINTS", 2);
        using var points = (count == int.MaxValue ? Every() : Drawn(count)).GetEnumerator();
        for (var hasMore = points.MoveNext(); hasMore;)
        {
            await using var load = new HubUnderLoad(await TestHub.MakeAsync(), devices: 2, Cancel);
            for (var lives = points.Current.IsOfBirth ? 1 : LivesOfOneHub; hasMore && lives > 0; lives--)
            {
                await LiveAsync(load, points.Current);
                hasMore = points.MoveNext();
            }

            await load.Hub.RestartAsync();
            var toll = await load.JudgeAsync();
            ProofTable.Write(Row, toll, ("readings", load.Acknowledged), ("presses", load.Presses));
            toll.RequireNone();
        }

        Assert.True(_faults.Count == 0, string.Join("\n", _faults.Take(10)));
    }

    /// <summary>Of those that come in every life, kills and errors by turns, the first calls more often than later ones.</summary>
    private static IEnumerable<CallPoint> Drawn(int count)
    {
        var random = new Random(Extent.SeedFrom);
        var (deaths, errors) = (
            CallPoint.Kinds.Where(kind => kind is { IsUsual: true, IsDeath: true }).ToList(),
            CallPoint.Kinds.Where(kind => kind is { IsUsual: true, IsDeath: false }).ToList());
        for (var i = 0; i < count; i++)
        {
            var kinds = i % 2 == 0 ? deaths : errors;
            yield return kinds[random.Next(kinds.Count)] with { At = (int)Math.Pow(AtMax, random.NextDouble()) };
        }
    }

    private IEnumerable<CallPoint> Every()
    {
        foreach (var kind in CallPoint.Kinds)
        {
            for (var at = 1; at == 1 || _wasMet; at++)
            {
                yield return kind with { At = at };
            }
        }
    }

    private async Task LiveAsync(HubUnderLoad load, CallPoint point)
    {
        var log = _folder["strace"];
        await load.Hub.RestartUnderAsync(point.Under(_strace, load.Hub.DataFolder, log));
        var hub = load.Hub.Process;
        if (hub.IsReady)
        {
            load.Press();
            await Task.WhenAny(hub.Process.WaitForExitAsync(Cancel), Task.Delay(LifeMax, Cancel));
        }

        var isSilent = point.Stays && await IsSilentAsync(hub, log);
        var exitCode = await hub.EndAsync(EndMax);
        _wasMet = point.WasMet(await File.ReadAllTextAsync(log, Cancel), exitCode);
        if (isSilent || !(exitCode is 0 or 1 || point.IsDeath))
        {
            _faults.Add($"{point} ended with {exitCode}{(isSilent ? ", silently" : "")}:\n{hub.Talk}");
        }

        ProofTable.Write(
            Row, new Toll(0, 0, isSilent ? 1 : 0),
            (!_wasMet ? "lives that did not come so far" : point.IsDeath ? "kills" : "errors", 1));
    }

    /// <summary>It goes on with an error that stays, and tells nobody.</summary>
    private static async Task<bool> IsSilentAsync(HubProcess hub, string log)
    {
        if (!(await File.ReadAllTextAsync(log, Cancel)).Contains(CallPoint.Met, StringComparison.Ordinal))
        {
            return false;
        }

        for (var patience = Stopwatch.StartNew(); patience.Elapsed < EndMax; await Task.Delay(50, Cancel))
        {
            if (hub.Process.HasExited || Warnings.Any(level => hub.Talk.Contains(level, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }
}
