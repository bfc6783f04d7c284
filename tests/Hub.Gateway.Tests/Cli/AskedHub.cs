using System.Text;
using Hub.Gateway.Cli;
using Hub.Gateway.Tests.Units;

namespace Hub.Gateway.Tests.Cli;

/// <summary>A hub that is asked by the program's own verbs, in this process; it reaches people in two ways.</summary>
public sealed class AskedHub : WholeHub, IAsyncLifetime
{
    private protected override string NotifyFile => this["notify.yaml"];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await WriteAsync("notify.yaml", """
            channels:
              - { id: phones, kind: mqtt }
              - { id: wang, kind: mqtt, person: butler-07 }
              - { id: dead, kind: wecom, url: "http://127.0.0.1:1/hook" }
            """);
        await InitializeAsync();
    }

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(this[name], text);

    /// <param name="line">Words between blanks; none of them has one.</param>
    /// <param name="more">Words that may.</param>
    /// <returns>What went to standard output.</returns>
    public async Task<string> OkAsync(string line, params string[] more)
    {
        var (code, output, talk) = await RunAsync(line, more);
        Assert.True(code == ExitCode.Ok, $"{line}: {code} {talk}");
        return output;
    }

    /// <summary>It must end with that code, have said that on standard error, and be silent but for it.</summary>
    public async Task RefusesAsync(int code, string said, string line, params string[] more)
    {
        var (ended, output, talk) = await RunAsync(line, more);
        Assert.Equal((code, ""), (ended, output));
        Assert.Contains(said, talk, StringComparison.Ordinal);
        Assert.Equal(talk.IndexOf(said, StringComparison.Ordinal), talk.LastIndexOf(said, StringComparison.Ordinal));
    }

    public async Task<(int Code, string Output, string Talk)> RunAsync(string line, params string[] more)
    {
        using var bytes = new MemoryStream();
        await using var output = new StreamWriter(bytes, new UTF8Encoding(false)) { AutoFlush = true };
        using var talk = new StringWriter();
        string[] words = [.. line.Split(' '), .. more];
        var isAlone = words.Contains("--hub") || words.Contains("check");
        var code = await CommandLine.RunAsync(
            isAlone ? words : [.. words, "--hub", $"http://127.0.0.1:{Port}"], output, talk,
            TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(bytes.ToArray()), talk.ToString());
    }
}
