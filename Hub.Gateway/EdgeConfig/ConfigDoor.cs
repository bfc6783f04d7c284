using System.Text;
using Hub.Gateway.Ingest;
using Hub.Gateway.Requests;
using Hub.Rules.Files;

namespace Hub.Gateway.EdgeConfig;

/// <summary>The configuration of edges over HTTP.</summary>
internal sealed class ConfigDoor(ConfigBook book, ConfigSender sender, EdgeConfigOptions options)
{
    private const int FileCharactersMax = 128;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public IResult Show(string edge, HttpContext context) =>
        Refused(edge, 0, context.Request, out _) ?? Answer(edge, book.Look(edge), context);

    public async Task<IResult> PutAsync(
        string edge, int wait, string? file, string by, HttpContext context, CancellationToken cancel)
    {
        if (Refused(edge, wait, context.Request, out var number) is { } refusal)
        {
            return refusal;
        }

        var name = file is { Length: > 0 and <= FileCharactersMax } ? file : "config";
        var (text, fault) = await ReadAsync(context.Request, name, cancel);
        return fault is not null ? SentTable.Refuse([fault])
            : await sender.PutAsync(edge, name, text, number, by, cancel) is { } no ? Problem(no)
            : Answer(edge, await book.WaitAsync(edge, TimeSpan.FromSeconds(wait), cancel), context);
    }

    public async Task<IResult> TakeBackAsync(string edge, string by, HttpContext context, CancellationToken cancel) =>
        Refused(edge, 0, context.Request, out var number)
        ?? (await sender.TakeBackAsync(edge, number, by, cancel) is { } no
            ? Problem(no)
            : Answer(edge, book.Look(edge), context));

    private static string TagBefore(string edge) => $"{edge}-";

    private static IResult Answer(string edge, ConfigLook look, HttpContext context)
    {
        context.Response.Headers.ETag = VersionTag.Of(look.Wanted?.Number ?? 0, TagBefore(edge));
        // Not for If-None-Match: what the edge says changes under the same version.
        return TypedResults.Ok(ConfigAnswer.Of(edge, look));
    }

    private IResult? Refused(string edge, int wait, HttpRequest request, out int? number)
    {
        number = null;
        return !IngestService.IsEdgeId(edge) ? Wrong(
                $"An edge's id has 1 to {IngestService.EdgeIdCharactersMax} letters, digits, - . _ and :.")
            : wait < 0 || wait > options.AnswerWaitMax.TotalSeconds ? Wrong(
                $"wait is a number of seconds from 0 to {options.AnswerWaitMax.TotalSeconds}.")
            : !VersionTag.TryRead(request, out number, TagBefore(edge)) ? Problem(new(SendRefusalKind.Changed, []))
            : null;

        static IResult Wrong(string sentence) =>
            TypedResults.Problem(sentence, statusCode: StatusCodes.Status400BadRequest, title: "That can't be done.");
    }

    private async Task<(string Text, Fault? Fault)> ReadAsync(
        HttpRequest request, string name, CancellationToken cancel)
    {
        // One byte more than it may have shows that it is longer, however long.
        var bytes = new byte[options.ConfigBytesMax + 1];
        var count = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (count > options.ConfigBytesMax)
        {
            return ("", new Fault(
                name, 0, "", "", $"it may have at most {options.ConfigBytesMax} bytes", "leave out what is as it was"));
        }

        try
        {
            return (Utf8.GetString(bytes.AsSpan(0, count)).TrimStart('\uFEFF'), null);
        }
        catch (DecoderFallbackException)
        {
            return ("", new Fault(name, 0, "", "", "it is not UTF-8", "save it as UTF-8"));
        }
    }

    private static IResult Problem(SendRefusal refusal) => refusal.Kind switch
    {
        SendRefusalKind.Faulty => SentTable.Refuse(refusal.Faults),
        SendRefusalKind.Changed => TypedResults.Problem(
            "Somebody has changed it meanwhile, or If-Match is not the ETag of an earlier answer. Look again.",
            statusCode: StatusCodes.Status412PreconditionFailed),
        _ => TypedResults.Problem(
            "The hub keeps no more configurations.", statusCode: StatusCodes.Status409Conflict),
    };
}
