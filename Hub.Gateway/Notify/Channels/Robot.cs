using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Gateway.Notify.Channels;

/// <summary>How one service's group robots are spoken to, as its documentation of custom robots has it. Pure.</summary>
/// <param name="TextBytesMax">The longest text of one message, bytes of UTF-8.</param>
/// <param name="CodeMember">Where its answer has the code; 0 is good.</param>
/// <param name="TooFastCode">The code that asks for a pause.</param>
internal abstract record Robot(int TextBytesMax, string CodeMember, int TooFastCode)
{
    public static Robot For(ChannelKind kind) => kind switch
    {
        ChannelKind.WeCom => new WeCom(),
        ChannelKind.DingTalk => new DingTalk(),
        ChannelKind.Feishu => new Feishu(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is no robot."),
    };

    /// <summary>Where to post and what, signed where there is a secret.</summary>
    public abstract (Uri Url, object Body) Say(string text, Uri url, string? secret, DateTimeOffset now);

    private static string Hmac(string key, string text) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    /// <summary>Not signed: the key in its address is the secret. 2,048 bytes of text.</summary>
    private sealed record WeCom() : Robot(2_048, "errcode", 45_009)
    {
        public override (Uri Url, object Body) Say(string text, Uri url, string? secret, DateTimeOffset now) =>
            (url, new { msgtype = "text", text = new { content = text } });
    }

    /// <summary>Signed in the address: HMAC of milliseconds and secret, keyed with the secret.</summary>
    private sealed record DingTalk() : Robot(20_000, "errcode", 130_101)
    {
        public override (Uri Url, object Body) Say(string text, Uri url, string? secret, DateTimeOffset now)
        {
            var body = new { msgtype = "text", text = new { content = text } };
            if (secret is null)
            {
                return (url, body);
            }

            var stamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var sign = Uri.EscapeDataString(Hmac(secret, $"{stamp}\n{secret}"));
            var mark = url.Query.Length == 0 ? '?' : '&';
            return (new Uri($"{url}{mark}timestamp={stamp}&sign={sign}"), body);
        }
    }

    /// <summary>Signed in the body: HMAC of nothing, keyed with seconds and secret.</summary>
    private sealed record Feishu() : Robot(20_000, "code", 11_232)
    {
        public override (Uri Url, object Body) Say(string text, Uri url, string? secret, DateTimeOffset now)
        {
            var content = new { text };
            if (secret is null)
            {
                return (url, new { msg_type = "text", content });
            }

            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            return (url, new { timestamp, sign = Hmac($"{timestamp}\n{secret}", ""), msg_type = "text", content });
        }
    }
}
