using Hub.Edge.Files;

namespace Hub.Edge.Setup;

/// <summary>
/// The configuration that the hub sent, kept beside the outbox so that it holds over a restart without a hub.
/// </summary>
public sealed class SentConfig(string folder)
{
    private string Path => System.IO.Path.Combine(folder, "config.sent");

    private string RefusedPath => Path + ".refused";

    /// <summary>
    /// What was kept, laid over the edge's own; the edge's own if there is none or it can't be used any more.
    /// </summary>
    public EdgeFileAnswer Over(EdgeOptions own)
    {
        if (!File.Exists(Path))
        {
            return new EdgeFileAnswer(own, []);
        }

        var answer = EdgeFile.ReadSent(Path, File.ReadAllText(Path), own);
        return answer.Options is null ? answer with { Options = own } : answer;
    }

    /// <summary>Whether the edge could not live with this one before: it is not taken again.</summary>
    public bool IsRefused(string text) => File.Exists(RefusedPath) && File.ReadAllText(RefusedPath) == text;

    /// <summary>Kept over a restart, in place of the one before.</summary>
    public void Keep(string text) => DurableFile.Write(Path, text);
}
