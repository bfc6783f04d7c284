using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hub.Gateway.Notify.Channels;

/// <summary>
/// Posts to a program by the Standard Webhooks scheme: <c>webhook-id</c> is the same at every attempt,
/// <c>webhook-signature</c> is HMAC-SHA256 over <c>id.timestamp.body</c>.
/// </summary>
internal sealed class WebhookSender(Channel channel, HttpClient http, TimeProvider time) : ISender
{
    /// <summary>What a secret begins with; the rest is Base64.</summary>
    public const string SecretMark = "whsec_";

    private readonly byte[] _secret = Convert.FromBase64String(channel.Secret![SecretMark.Length..]);

    public int TextBytesMax => int.MaxValue;

    public async Task<SendAnswer> SendAsync(Letter letter, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { type = letter.Type, timestamp = letter.At, data = new { text = letter.Text, order = letter.Data } },
            JsonSerializerOptions.Web);
        var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Url) { Content = HttpPost.Json(body) };
        request.Headers.Add("webhook-id", letter.Key);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", $"v1,{Sign(letter.Key, seconds, body)}");
        return await HttpPost.SendAsync(http, request, _ => SendAnswer.Sent.It, cancel);
    }

    private string Sign(string id, string seconds, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{seconds}."));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
