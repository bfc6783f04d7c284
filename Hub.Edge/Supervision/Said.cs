namespace Hub.Edge.Supervision;

/// <summary>
/// What a log has said of a trouble: it is said when it begins and when it changes, not at each attempt. Any thread.
/// </summary>
internal sealed class Said
{
    private string? _last;

    /// <summary>Whether it is new; null for all being well, which is not said here.</summary>
    public bool IsNew(string? trouble) => Interlocked.Exchange(ref _last, trouble) != trouble && trouble is not null;
}
