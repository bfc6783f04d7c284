namespace Hub.Gateway;

/// <summary>Whether the hub is starting, and has been told to end meanwhile.</summary>
internal sealed class HostStart
{
    /// <summary>
    /// Who may tell it: whoever runs it, and the host, which hears a signal by itself. They are asked, for a callback
    /// may come after that of a room.
    /// </summary>
    public IReadOnlyList<CancellationToken> ToldBy { get; set; } = [];

    public bool IsOver { get; set; }

    public bool IsCutShort => !IsOver && ToldBy.Any(by => by.IsCancellationRequested);
}
