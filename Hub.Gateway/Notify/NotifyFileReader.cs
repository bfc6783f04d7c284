using System.Net.Mail;
using Hub.Gateway.Notify.Channels;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Notify;

/// <summary>One reading of a notify file: what is written, then what must fit together.</summary>
internal sealed class NotifyFileReader(FaultList faults, Func<string, string> readSecret)
{
    public const int ChannelsMax = 50;
    public const int AddressesMax = 50;
    public const int SpacesMax = 200;

    private static readonly TimeSpan AfterMax = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, string> Roles =
        new[] { "butler", "partner", "hotline", "chief", "director", "engineer" }.ToDictionary(role => role);

    private static readonly Dictionary<string, ChannelKind> Kinds = new()
    {
        ["webhook"] = ChannelKind.Webhook,
        ["wecom"] = ChannelKind.WeCom,
        ["dingtalk"] = ChannelKind.DingTalk,
        ["feishu"] = ChannelKind.Feishu,
        ["mail"] = ChannelKind.Mail,
        ["mqtt"] = ChannelKind.Mqtt,
    };

    private static readonly Dictionary<string, NoticeKind> Matters = new()
    {
        ["call"] = NoticeKind.Call,
        ["due-soon"] = NoticeKind.DueSoon,
        ["breach"] = NoticeKind.Breach,
        ["taken"] = NoticeKind.Taken,
        ["over"] = NoticeKind.Over,
        ["unreached"] = NoticeKind.Unreached,
        ["upward"] = NoticeKind.Upward,
    };

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public Checked<NotifyFile> Read(Written root)
    {
        var file = new MapReader(root, "", faults);
        var mail = ReadMail(file.Map("mail"));
        var pages = file.Has("pages") ? Address(file, "pages", file.Text("pages")) : null;
        List<Channel> channels = [];
        foreach (var map in file.Maps("channels", ChannelsMax))
        {
            channels.Add(ReadChannel(map, hasMail: file.Has("mail")));
        }

        file.Done();
        return faults.Check(() => new NotifyFile(channels) { Mail = mail, Pages = pages });
    }

    private MailServer? ReadMail(MapReader? map)
    {
        if (map is null)
        {
            return null;
        }

        var host = map.Text("host", required: true, charactersMax: 253) ?? "";
        var usesTls = map.Flag("tls") ?? true;
        var server = new MailServer(host, map.Whole("port", 1, 65_535) ?? 587, Mailbox(map, "from") ?? "")
        {
            UsesTls = usesTls,
            User = map.Text("user"),
            Password = Secret(map, "passwordFile"),
        };
        map.Done();
        if (!usesTls && !IsThisMachine(host))
        {
            map.Refuse(
                "tls", "letters about homes don't cross a network in the clear",
                "leave it out, or take a server on this machine");
        }

        return server;
    }

    private Channel ReadChannel(MapReader map, bool hasMail)
    {
        var id = map.Id("id", required: true) ?? "";
        var kind = map.OneOf("kind", Kinds, required: true) ?? ChannelKind.Webhook;
        var (about, person) = (map.EachOf("about", Matters), map.Id("person"));
        var channel = new Channel(id, kind, map.Line)
        {
            Person = person,
            Tells = map.EachOf("tells", Roles).ToHashSet(),
            About = (about.Count == 0 ? Enum.GetValues<NoticeKind>() : about).ToHashSet(),
            Spaces = [.. map.Texts("spaces", SpacesMax).Select(space => space.Text)],
            Hours = Hours(map),
            Language = map.Word("language", SiteInfo.Languages) ?? (person is null ? SiteInfo.Default.Language : ""),
            After = map.Span("after", TimeSpan.Zero, AfterMax) ?? TimeSpan.Zero,
            PerMinuteMax = map.Whole("perMinute", 1, 6_000) ?? (IsRobot(kind) ? Channel.RobotPerMinute : 600),
        };
        channel = kind switch
        {
            ChannelKind.Mail => WithAddresses(map, channel, hasMail),
            ChannelKind.Mqtt => channel,
            _ => WithUrl(map, channel),
        };
        map.Done();
        if (person is not null && map.Has("tells"))
        {
            map.Refuse("tells", "a person's own channel carries what that person is told", "leave one of the two out");
        }

        if (id.Length > 0 && !_lines.TryAdd(id, map.LineOf("id")))
        {
            map.Refuse(
                "id", $"ids must be unique, and line {_lines[id]} has this one", "give one of the two another id");
        }

        return channel;
    }

    private static Channel WithAddresses(MapReader map, Channel channel, bool hasMail)
    {
        List<string> addresses = [];
        foreach (var (text, line) in map.Texts("to", AddressesMax))
        {
            if (MailAddress.TryCreate(text, out _))
            {
                addresses.Add(text);
            }
            else
            {
                map.RefuseEntry("to", line, text, "it must be a mail address, such as chief@example.org");
            }
        }

        if (!map.Has("to"))
        {
            map.Refuse("to", "a mail channel needs addresses");
        }

        if (!hasMail)
        {
            map.Refuse("kind", "letters need a server", "say in 'mail' which: host, port, from");
        }

        return channel with { Addresses = addresses };
    }

    private Channel WithUrl(MapReader map, Channel channel)
    {
        // A robot's address is itself a secret, so it may lie in a file that few can read.
        var url = map.Has("urlFile")
            ? Address(map, "urlFile", Secret(map, "urlFile"))
            : Address(map, "url", map.Text("url", required: true, charactersMax: 2_000));
        var secret = Secret(map, "secretFile");
        if (channel.Kind == ChannelKind.Webhook && secret is not null && !IsWebhookSecret(secret))
        {
            map.Refuse(
                "secretFile", "a webhook's secret is 'whsec_' and at least 24 bytes in Base64 (Standard Webhooks)",
                "make one with: echo whsec_$(openssl rand -base64 32)");
        }

        if (channel.Kind == ChannelKind.Webhook && secret is null && !map.Has("secretFile"))
        {
            map.Refuse("secretFile", "a webhook is signed, so that its receiver can tell the hub from others");
        }

        return channel with { Url = url, Secret = secret };
    }

    private static bool IsRobot(ChannelKind kind) =>
        kind is ChannelKind.WeCom or ChannelKind.DingTalk or ChannelKind.Feishu;

    private static bool IsWebhookSecret(string secret) =>
        secret.StartsWith(WebhookSender.SecretMark, StringComparison.Ordinal)
        && Convert.TryFromBase64String(
            secret[WebhookSender.SecretMark.Length..], new byte[secret.Length], out var bytes)
        && bytes >= 24;

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "::1";

    private static Uri? Address(MapReader map, string key, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            map.Refuse(key, "it must be a whole address, such as https://example.org/hook");
            return null;
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            map.Refuse(key, "what is told of homes doesn't cross a network in the clear", "use https");
            return null;
        }

        return url;
    }

    private static string? Mailbox(MapReader map, string key)
    {
        if (map.Text(key, required: true) is not { } text)
        {
            return null;
        }

        if (MailAddress.TryCreate(text, out _))
        {
            return text;
        }

        map.Refuse(key, "it must be a mail address, such as hub@example.org");
        return null;
    }

    private static LobbyHours Hours(MapReader map)
    {
        if (map.Text("hours") is not { } text)
        {
            return default;
        }

        if (LobbyHours.TryParse(text) is { } hours)
        {
            return hours;
        }

        map.Refuse("hours", "it must be two times of day, such as \"06:00-22:00\"");
        return default;
    }

    private string? Secret(MapReader map, string key)
    {
        if (map.Text(key) is not { } path)
        {
            return null;
        }

        try
        {
            if (readSecret(path).Trim() is { Length: > 0 } secret)
            {
                return secret;
            }

            map.Refuse(key, "the file is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            map.Refuse(key, $"the file can't be read: {e.Message}");
        }

        return null;
    }
}
