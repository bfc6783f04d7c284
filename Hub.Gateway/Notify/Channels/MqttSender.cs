using System.Text.Json;
using Hub.Gateway.Broker;

namespace Hub.Gateway.Notify.Channels;

/// <summary>Publishes on a topic of the hub's own broker, for accounts that may subscribe to it.</summary>
internal sealed class MqttSender(Channel channel, IDownlink downlink) : ISender
{
    public int TextBytesMax => int.MaxValue;

    public async Task<SendAnswer> SendAsync(Letter letter, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id = letter.Key, type = letter.Type, timestamp = letter.At, text = letter.Text, order = letter.Data },
            JsonSerializerOptions.Web);
        try
        {
            await downlink.PublishAsync(channel.Topic, body, retain: false, cancel);
            return SendAnswer.Sent.It;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A broker of the site's own may be away, and says so in ways of its own.
            return new SendAnswer.TryAgain(e.Message);
        }
    }
}
