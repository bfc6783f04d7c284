using System.Globalization;
using System.Net;

namespace Hub.Gateway.Cli;

/// <summary>
/// The site's own broker, from <see cref="AttachFlags"/> or the environment: <c>BUILDINGHUB__ATTACH__URL</c> turns it
/// on; the other names are those of the flags (<c>--attach-ca</c> is <c>CA</c>), and <c>PASSWORD</c> beside
/// <c>PASSWORD_FILE</c>.
/// </summary>
public static class AttachSettings
{
    public const string Prefix = "BUILDINGHUB__ATTACH__";

    /// <param name="read">The value of a name, or null.</param>
    /// <exception cref="FormatException">A value can't be used; the message names it and the cure.</exception>
    public static AttachOptions? From(Func<string, string?> read)
    {
        if (Read("URL") is not { } url)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts")
            || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.PathAndQuery is not ("" or "/"))
        {
            throw new FormatException(
                $"'{url}' is no broker to attach to; write it like mqtts://broker.example:8883. "
                + "User and password have flags of their own.");
        }

        var isTls = uri.Scheme == "mqtts";
        if (!isTls && !IsThisMachine(uri.DnsSafeHost) && !Flag("PLAIN"))
        {
            throw new FormatException(
                $"{url} is another machine, and mqtt:// hides neither password nor readings on the way; use mqtts://, "
                + "or say --attach-plain.");
        }

        var (user, password) = (Read("USER"), Password());
        if (user is null && password is not null)
        {
            throw new FormatException("There is a password for the broker, and no user; say --attach-user.");
        }

        return new AttachOptions
        {
            Host = uri.DnsSafeHost,
            Port = uri.Port > 0 ? uri.Port : isTls ? 8883 : 1883,
            IsTls = isTls,
            AuthorityFile = AuthorityFile(),
            User = user,
            Password = password,
            ClientId = ClientId(),
            Share = Share(),
            IsVersion311 = IsVersion311(Read("VERSION")),
            IsOnly = Flag("ONLY"),
        };

        string? Read(string name) => read(name) is { Length: > 0 } value ? value : null;

        bool Flag(string name) => Read(name) switch
        {
            null or "false" or "0" => false,
            "true" or "1" => true,
            var other => throw new FormatException($"{Prefix}{name} is '{other}'; it must be true or false."),
        };

        string? Password() =>
            Read("PASSWORD_FILE") is { } path ? File.ReadAllText(path).Trim() : Read("PASSWORD");

        string? AuthorityFile() => Read("CA") is not { } file || File.Exists(file)
            ? Read("CA")
            : throw new FormatException($"--attach-ca: there is no file {file}.");

        string ClientId() => Read("CLIENT_ID") is not { } id
            ? $"buildinghub-{Environment.MachineName.ToLower(CultureInfo.InvariantCulture)}"
            : id.Length <= 64 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')
                ? id
                : throw new FormatException(
                    $"--attach-client-id is '{id}'; it may have 64 letters, digits, '-', '.' and '_'.");

        string? Share() => Read("SHARE") is not { } share || share.AsSpan().IndexOfAny("/+#") < 0
            ? Read("SHARE")
            : throw new FormatException($"--attach-share is '{share}'; a group's name has no '/', '+' and '#'.");
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsVersion311(string? text) => text switch
    {
        null or "5" or "5.0" => false,
        "3.1.1" => true,
        _ => throw new FormatException($"--attach-version is '{text}'; it must be 5 or 3.1.1."),
    };
}
