using Hub.Rules.Files;

namespace Hub.Gateway.Notify;

/// <summary>Whom the hub tells and how, as people write it down; README.md beside this file has the format.</summary>
/// <param name="Channels">In the order of the file; their ids are unique.</param>
public sealed record NotifyFile(IReadOnlyList<Channel> Channels)
{
    /// <summary>Nobody is told anything; orders are then seen by those who look.</summary>
    public static readonly NotifyFile Empty = new([]);

    public MailServer? Mail { get; init; }

    /// <summary>Where people open the hub's pages, for the link in a message; null for messages without one.</summary>
    public Uri? Pages { get; init; }

    /// <summary>What the file says, or every fault of it at once.</summary>
    /// <param name="fileName">For the faults; files that it names are looked for beside it.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="readSecret">Reads a file that holds a secret, or throws <see cref="IOException"/>.</param>
    public static Checked<NotifyFile> Read(string fileName, string text, Func<string, string> readSecret)
    {
        var faults = new FaultList(fileName);
        return YamlText.Read(text, faults) is { } root
            ? new NotifyFileReader(faults, readSecret).Read(root)
            : faults.Check(() => Empty);
    }
}
