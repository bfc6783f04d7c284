using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary>
/// Asks a running hub over its API. What it refuses goes to standard error with its reason; the answer is an exit code.
/// </summary>
internal sealed class HubClient(Uri hub, string language, bool asJson, InvocationConfiguration console) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = hub, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Where the running hub answers.</summary>
    public static Option<Uri> HubOption() => new("--hub")
    {
        Description = "Where the running hub answers.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080/"),
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var hub) && hub.Scheme is ("http" or "https"))
            {
                return hub;
            }

            argument.AddError($"'{text}' is no address of a hub; write it like http://127.0.0.1:8080.");
            return null;
        },
    };

    /// <summary>The language of sentences.</summary>
    public static Option<string> LanguageOption() => new("--lang")
    {
        Description = "The language of sentences: zh-Hans, zh-Hant, en, ja or ko.",
        DefaultValueFactory = _ => "en",
    };

    public static Option<bool> JsonOption() =>
        new("--json") { Description = "The answer as JSON on standard output." };

    /// <summary>For talk, not for data.</summary>
    public TextWriter Talk => console.Error;

    public void Dispose() => _http.Dispose();

    /// <summary>Lets a command ask the running hub.</summary>
    public static Command Set(
        Command command, Func<HubClient, ParseResult, CancellationToken, Task<int>> ask)
    {
        var (hub, json) = (HubOption(), JsonOption());
        command.Options.Add(hub);
        command.Options.Add(json);
        command.SetAction(async (words, cancel) =>
        {
            using var client = new HubClient(
                words.GetValue(hub)!, "en", words.GetValue(json), words.InvocationConfiguration);
            return await ask(client, words, cancel);
        });
        return command;
    }

    /// <summary>Asks, and shows the answer: as it came with --json, else by <paramref name="show"/>.</summary>
    public Task<int> GetAsync(string path, Func<JsonElement, IEnumerable<string>> show, CancellationToken cancel) =>
        AskAsync(() => new HttpRequestMessage(HttpMethod.Get, path), show, cancel);

    /// <summary>The same with any method, where the answer says how it ended.</summary>
    public Task<int> AskAsync(
        HttpMethod method, string path, byte[]? json, Func<JsonElement, IEnumerable<string>> show,
        Func<JsonElement, int> code, CancellationToken cancel) =>
        AskAsync(
            () => new HttpRequestMessage(method, path)
            {
                Content = json is null
                    ? null
                    : new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } },
            },
            show, cancel, code);

    /// <summary>Has something done, with a text as the body, and shows the answer.</summary>
    public Task<int> PostAsync(
        string path, string body, Func<JsonElement, IEnumerable<string>> show, CancellationToken cancel) =>
        AskAsync(() => Post(path, body), show, cancel);

    /// <summary>The same, with a body of JSON.</summary>
    public Task<int> SendAsync(
        HttpMethod method, string path, object body, Func<JsonElement, IEnumerable<string>> show,
        CancellationToken cancel) =>
        AskAsync(() => new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) }, show, cancel);

    /// <summary>The same, with a file as the body.</summary>
    public async Task<int> SendFileAsync(
        string path, FileInfo file, string type, Func<JsonElement, IEnumerable<string>> show, CancellationToken cancel)
    {
        if (!file.Exists)
        {
            await Talk.WriteLineAsync($"There is no file {file.FullName}.");
            return ExitCode.NotFound;
        }

        var bytes = await File.ReadAllBytesAsync(file.FullName, cancel);
        return await AskAsync(
            () => new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new ByteArrayContent(bytes) { Headers = { ContentType = new(type) } },
            },
            show, cancel);
    }

    /// <summary>Takes an answer that comes line by line; the last line's exit code counts.</summary>
    public async Task<int> StreamAsync(
        string path, string body, Func<JsonElement, Task<int>> take, CancellationToken cancel)
    {
        try
        {
            using var request = Post(path, body);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!answer.IsSuccessStatusCode)
            {
                return await RefusedAsync(answer, cancel);
            }

            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
            var code = ExitCode.Failure;
            while (await lines.ReadLineAsync(cancel) is { Length: > 0 } line)
            {
                using var news = JsonDocument.Parse(line);
                code = await take(news.RootElement);
            }

            return code;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return await UnreachableAsync(e);
        }
    }

    /// <summary>Takes an answer of any length to standard output, as it comes.</summary>
    public async Task<int> CopyAsync(string path, CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!answer.IsSuccessStatusCode)
            {
                return await RefusedAsync(answer, cancel);
            }

            // The bytes as they come: a table's are UTF-8 with a mark, whatever the terminal's are.
            var output = console.Output is StreamWriter { BaseStream: var file } ? file : Console.OpenStandardOutput();
            await answer.Content.CopyToAsync(output, cancel);
            await output.FlushAsync(cancel);
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return await UnreachableAsync(e);
        }
    }

    private async Task<int> AskAsync(
        Func<HttpRequestMessage> ask, Func<JsonElement, IEnumerable<string>> show, CancellationToken cancel,
        Func<JsonElement, int>? code = null)
    {
        try
        {
            using var request = ask();
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var answer = await _http.SendAsync(request, cancel);
            if (!answer.IsSuccessStatusCode)
            {
                return await RefusedAsync(answer, cancel);
            }

            var text = await answer.Content.ReadAsStringAsync(cancel);
            if (text.Length == 0)
            {
                return ExitCode.Ok;
            }

            using var json = JsonDocument.Parse(text);
            foreach (var line in asJson ? [text] : show(json.RootElement))
            {
                await console.Output.WriteLineAsync(line);
            }

            return code?.Invoke(json.RootElement) ?? ExitCode.Ok;
        }
        catch (HttpRequestException e)
        {
            return await UnreachableAsync(e);
        }
    }

    private static HttpRequestMessage Post(string path, string body) => new(HttpMethod.Post, path)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/yaml"),
    };

    private async Task<int> UnreachableAsync(Exception e)
    {
        await Talk.WriteLineAsync($"No hub answers at {hub}: {e.Message} Is it running? --hub says where.");
        return ExitCode.Unreachable;
    }

    private async Task<int> RefusedAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (asJson)
        {
            await console.Output.WriteLineAsync(text);
        }

        foreach (var line in Reasons(text, answer))
        {
            await Talk.WriteLineAsync(line);
        }

        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => ExitCode.NotFound,
            HttpStatusCode.Conflict => ExitCode.Conflict,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Forbidden,
            HttpStatusCode.BadRequest => ExitCode.Usage,
            HttpStatusCode.UnprocessableEntity => ExitCode.CheckFailed,
            _ => ExitCode.Failure,
        };
    }

    private static List<string> Reasons(string problem, HttpResponseMessage answer)
    {
        var bare = $"The hub answers {(int)answer.StatusCode} {answer.ReasonPhrase}.";
        if (problem.Length == 0)
        {
            return [bare];
        }

        try
        {
            using var json = JsonDocument.Parse(problem);
            var reasons = new List<string>();
            if (json.RootElement.TryGetProperty("lines", out var lines))
            {
                reasons.AddRange(lines.EnumerateArray().Select(line => line.GetString()!));
            }

            // What has said all of it by its lines is not said once more.
            if (json.RootElement.TryGetProperty("detail", out var detail)
                && !reasons.Any(detail.GetString()!.Contains))
            {
                reasons.Add(detail.GetString()!);
            }

            return reasons.Count > 0 ? reasons : [bare];
        }
        catch (JsonException)
        {
            return [problem];
        }
    }
}
