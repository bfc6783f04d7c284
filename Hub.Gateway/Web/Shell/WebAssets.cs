using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Hub.Gateway.Web.Shell;

/// <summary>
/// Style sheets, scripts and sounds out of the assembly. An address carries its content's hash, so a browser keeps it
/// for
/// good and asks anew only after an update.
/// </summary>
public static class WebAssets
{
    private const string Prefix = "asset:";

    private static readonly FrozenDictionary<string, Asset> All = typeof(WebAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Load, StringComparer.Ordinal);

    /// <summary>The address of an asset, with its version.</summary>
    public static string Url(string name) => $"/assets/{name}?v={All[name].Version}";

    public static IResult Answer(HttpContext context, string name)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        // Modules import one another by plain name, so an address without a version must be asked for again.
        context.Response.Headers.CacheControl = context.Request.Query["v"] == asset.Version
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        return Results.Bytes(asset.Content, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }

    private static Asset Load(string resource)
    {
        using var stream = typeof(WebAssets).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = Path.GetExtension(resource) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".webmanifest" => "application/manifest+json",
            ".png" => "image/png",
            var other => throw new InvalidOperationException($"{resource}: no media type for {other}."),
        };
        return new Asset(content, type, Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
    }

    private sealed record Asset(byte[] Content, string Type, string Version);
}
