using Hub.Gateway.Ingest;
using Hub.Gateway.Live;
using Hub.Gateway.Waiting;

namespace Hub.Gateway.EdgeConfig;

/// <summary>
/// What is wanted of every edge, and what each has said last, in memory: as many edges as the intake knows, and as
/// something is wanted of.
/// </summary>
public sealed class ConfigBook(LiveFeed live, EdgeConfigOptions options) : IEdgeWatcher
{
    private const string AnswerPrefix = "config:";

    // In place of a version, of an edge that could not read one.
    private const string NoVersion = "refused";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ConfigLook> _edges = new(StringComparer.Ordinal);
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
            Task change;
            lock (_gate)
            {
                change = _change.Task;
            }

            var look = Look(edge);
            var left = wait - options.Clock.GetElapsedTime(begun);
            if (look.State != ConfigState.Waiting || left <= TimeSpan.Zero)
            {
                return look;
            }

            await Pause.UntilAsync(change, left, options.Clock, cancel);
        }
    }

    public void OnStatus(EdgeStatus status) => Change(status.Edge, look => look with
    {
        IsOnline = status.IsOnline,
        // A will doesn't know it, and a broken connection says nothing.
        Reported = status.Message?.Config is { } version ? Plain(version, options.VersionCharactersMax) : look.Reported,
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
            return answer.IsDone ? look with { Reported = version, Faults = isWanted ? [] : look.Faults }
                : isRefused ? look with { Faults = Bounded(answer.Why) }
                : look;
        });
    }

    /// <summary>From now on this is wanted; what the edge said of the one before is forgotten.</summary>
    internal void Want(WantedConfig wanted) =>
        Change(wanted.Edge, look => look with { Wanted = wanted, Faults = [] });

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

    private void Change(string edge, Func<ConfigLook, ConfigLook> change)
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
            (done, _change) = (_change, NewChange());
        }

        done.SetResult();
        live.Publish("device", edge);
    }
}
