using Hub.Rules.Files;

namespace Hub.Gateway.Requests;

/// <summary>The text of a table as somebody sends it: a program as a body, a page as a file or as text.</summary>
internal static class SentTable
{
    /// <summary>No system has longer ones.</summary>
    private const int NameCharactersMax = 255;

    /// <summary>The body's text, or what to answer instead: 413 for too many bytes, 422 for what is no text.</summary>
    public static async Task<(string Text, IResult? Refusal)> ReadAsync(
        HttpRequest request, int bytesMax, CancellationToken cancel)
    {
        if (request.ContentLength is null or < 0 || request.ContentLength > bytesMax)
        {
            return ("", TypedResults.Problem(
                $"A table has at most {bytesMax} bytes; say its length.",
                statusCode: StatusCodes.Status413PayloadTooLarge));
        }

        var bytes = new byte[(int)request.ContentLength];
        await request.Body.ReadExactlyAsync(bytes, cancel);
        return CsvText.Decode(bytes) is { } text
            ? (text, null)
            : ("", TypedResults.Problem(
                "The file is neither UTF-8 nor GB18030.", statusCode: StatusCodes.Status422UnprocessableEntity));
    }

    /// <summary>
    /// What faults call a table: the name that was sent with it, if that is a plain one; else what to answer instead.
    /// </summary>
    /// <param name="asked">The query's <c>file</c>; null for none.</param>
    /// <param name="otherwise">Its name then.</param>
    public static (string Name, IResult? Refusal) NameOf(string? asked, string otherwise) =>
        asked is null ? (otherwise, null)
        : asked.Length is > 0 and <= NameCharactersMax && !asked.Any(one => char.IsControl(one) || one is '/' or '\\')
            ? (asked, null)
        : (otherwise, TypedResults.Problem(
            $"file is the name of a file without its folder, of at most {NameCharactersMax} characters.",
            statusCode: StatusCodes.Status400BadRequest));

    /// <summary>The same of a form: the name of its file, where there is one.</summary>
    public static string NameOf(IFormCollection form, string otherwise) =>
        NameOf(form.Files.GetFile("file")?.FileName, otherwise).Name;

    /// <summary>The file of a form, else its text field; null if it can't be read as text.</summary>
    public static async Task<string?> ReadAsync(IFormCollection form, int bytesMax, CancellationToken cancel) =>
        form.Files.GetFile("file") is { } file && file.Length <= bytesMax
            ? await ReadAsync(file, cancel)
            : form["text"];

    /// <summary>Null if it is no text.</summary>
    public static async Task<string?> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return CsvText.Decode(bytes.ToArray());
    }

    /// <summary>Everything that is wrong with it, a line each, as problem details.</summary>
    public static IResult Refuse(IReadOnlyList<Fault> faults) => TypedResults.Problem(
        $"{faults.Count} faults; nothing was changed.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: new Dictionary<string, object?> { ["lines"] = faults.Select(fault => $"{fault}") });
}
