namespace Hub.Edge.Setup;

/// <summary>
/// The configuration that the hub sent, kept beside the outbox so that it holds over a restart without a hub.
/// </summary>
public sealed class SentConfig(string folder)
{
    private string Path => System.IO.Path.Combine(folder, "config.sent");

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

    /// <summary>
    /// Written beside, made durable, then put in place: a power cut leaves the old one or the new one.
    /// </summary>
    public void Keep(string text)
    {
        var fresh = Path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, Path, overwrite: true);
    }
}
