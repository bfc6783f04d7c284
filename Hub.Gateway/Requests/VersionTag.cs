using System.Globalization;

namespace Hub.Gateway.Requests;

/// <summary>
/// The version of a thing as its ETag (RFC 9110, 8.8.3): what was decided on an older one is told apart.
/// </summary>
internal static class VersionTag
{
    /// <summary>The tag. What all things of one kind share may have nothing before the version.</summary>
    public static string Of(int version, string before = "") =>
        string.Create(CultureInfo.InvariantCulture, $"\"{before}{version}\"");

    /// <summary>The version that If-Match asks for, null for any; false if that is no version of this thing.</summary>
    public static bool TryRead(HttpRequest request, out int? version, string before = "")
    {
        version = null;
        var match = request.Headers.IfMatch.ToString();
        if (match is "" or "*")
        {
            return true;
        }

        var opening = $"\"{before}";
        var isTag = match.Length > opening.Length && match.StartsWith(opening, StringComparison.Ordinal)
            && match[^1] == '"';
        var digits = isTag ? match.AsSpan()[opening.Length..^1] : "";
        var isVersion = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        version = number;
        return isVersion;
    }

    /// <summary>With its tag; or 304 for whoever has this version already.</summary>
    public static IResult Answer<T>(HttpContext context, string tag, T answer)
    {
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch == tag
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(answer);
    }
}
