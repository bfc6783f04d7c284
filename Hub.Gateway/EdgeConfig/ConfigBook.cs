using Hub.Gateway.Ingest;
using Hub.Gateway.Live;
using Hub.Gateway.Waiting;

namespace Hub.Gateway.EdgeConfig;

/// <summary>
/// What is wanted of every edge, and what each has said last: as many edges as the intake knows, and as something is
/// wanted of. <see cref="ReportKeeper"/> keeps what they say over a restart.
/// </summary>
public sealed class ConfigBook(LiveFeed live, EdgeConfigOptions options) : IEdgeWatcher
{
    private const string AnswerPrefix = "config:";

    // In place of a version, of an edge that could not read one.
    private const string NoVersion = "refused";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ConfigLook> _edges = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unkept = new(StringComparer.Ordinal);
    private TaskCompletionSource _change = NewChange();

    /// <summary>Edges that something is wanted of, or was.</summary>
    public int WantedCount
    {
        get
        {
            lock (_gate)
            {
                return _edges.Values.Count(look => look.Wanted is not null);
            }
        }
    }

    public ConfigLook Look(string edge)
    {
        lock (_gate)
        {
            return _edges.GetValueOrDefault(edge, ConfigLook.Nothing);
        }
    }

    /// <summary>Looks again and again until the edge has answered, is away, or has been waited for.</summary>
    public async Task<ConfigLook> WaitAsync(string edge, TimeSpan wait, CancellationToken cancel)
    {
        var begun = options.Clock.GetTimestamp();
        while (true)
        {
            var change = WhenChanged();
            var look = Look(edge);
            var left = wait - options.Clock.GetElapsedTime(begun);
            if (look.State != ConfigState.Waiting || left <= TimeSpan.Zero)
            {
                return look;
            }

            await Pause.UntilAsync(change, left, options.Clock, cancel);
        }
    }

    /// <summary>Completes at the next change of any edge.</summary>
    public Task WhenChanged()
    {
        lock (_gate)
        {
            return _change.Task;
        }
    }

    public void OnStatus(EdgeStatus status) => Change(status.Edge, look =>
    {
        var after = look with { IsOnline = status.IsOnline };
        // A will doesn't know it, and a broken connection says nothing.
        return status.Message?.Config is { } version
            ? after.Reporting(Plain(version, options.VersionCharactersMax), status.At)
            : after;
    });

    public void OnAnswer(EdgeAnswer answer)
    {
        if (!answer.Id.StartsWith(AnswerPrefix, StringComparison.Ordinal))
        {
            return;
        }

        var version = Plain(answer.Id[AnswerPrefix.Length..], options.VersionCharactersMax);
        Change(answer.Edge, look =>
        {
            // Of one that was wanted before, a refusal is no news.
            var isWanted = look.Wanted is { IsTakenBack: false } wanted && version == wanted.Version;
            var isRefused = isWanted || (look.State != ConfigState.None && version == NoVersion);
            return answer.IsDone
                ? look.Reporting(version, answer.At) with { Faults = isWanted ? [] : look.Faults }
                : isRefused ? look with { Faults = Bounded(answer.Why) }
                : look;
        });
    }

    /// <summary>From now on this is wanted; what the edge said of the one before is forgotten.</summary>
    internal void Want(WantedConfig wanted) =>
        Change(wanted.Edge, look => look with { Wanted = wanted, Faults = [] });

    /// <summary>What an edge had said before this start; what it has said since then is newer.</summary>
    /// <param name="number">Of what was wanted when it found these faults.</param>
    internal void Recall(
        string edge, string? reported, DateTimeOffset? at, IReadOnlyList<string> faults, int number)
    {
        Change(
            edge,
            look => look.Reported is not null || look.Faults.Count > 0 ? look : look with
            {
                Reported = reported,
                ReportedAt = at,
                Faults = look.Wanted?.Number == number ? faults : [],
            },
            isKept: true);
    }

    /// <summary>The edges that have said something else since the last call.</summary>
    internal IReadOnlyList<(string Edge, ConfigLook Look)> TakeUnkept()
    {
        lock (_gate)
        {
            var unkept = _unkept.Select(edge => (edge, _edges[edge])).ToList();
            _unkept.Clear();
            return unkept;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IReadOnlyList<string> Bounded(string why) =>
    [
        .. (string.IsNullOrWhiteSpace(why) ? "It gives no reason." : why)
            .Split('\n', options.FaultsMax + 1, StringSplitOptions.RemoveEmptyEntries).Take(options.FaultsMax)
            .Select(fault => Plain(fault, options.FaultCharactersMax)),
    ];

    // It is shown on terminals too, which obey control characters.
    private static string Plain(string text, int charactersMax)
    {
        var kept = text.Length <= charactersMax ? text : string.Concat(text.AsSpan(0, charactersMax), "…");
        return kept.Any(char.IsControl) ? new string([.. kept.Select(c => char.IsControl(c) ? ' ' : c)]) : kept;
    }

    private void Change(string edge, Func<ConfigLook, ConfigLook> change, bool isKept = false)
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            var before = _edges.GetValueOrDefault(edge, ConfigLook.Nothing);
            var after = change(before).Judged();
            if (after == before)
            {
                return;
            }

            _edges[edge] = after;
            if (!isKept && !after.SaysAs(before))
            {
                _unkept.Add(edge);
            }

            (done, _change) = (_change, NewChange());
        }

        done.SetResult();
        live.Publish("device", edge);
    }
}
