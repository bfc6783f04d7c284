using System.Text.Json;

namespace Hub.Gateway.Notify.Channels;

/// <summary>Posts to a group robot. Robots answer 200 to everything: what they mean stands in the body.</summary>
internal sealed class RobotSender(Channel channel, HttpClient http, TimeProvider time) : ISender
{
    private static readonly TimeSpan TooFastPause = TimeSpan.FromMinutes(1);

    private readonly Robot _robot = Robot.For(channel.Kind);

    public int TextBytesMax => _robot.TextBytesMax;

    public async Task<SendAnswer> SendAsync(Letter letter, CancellationToken cancel)
    {
        var (url, body) = _robot.Say(letter.Text, channel.Url!, channel.Secret, time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = HttpPost.Json(JsonSerializer.SerializeToUtf8Bytes(body)),
        };
        return await HttpPost.SendAsync(http, request, Judge, cancel);
    }

    private SendAnswer Judge(string body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            if (!answer.RootElement.TryGetProperty(_robot.CodeMember, out var member)
                || !member.TryGetInt32(out var code))
            {
                return new SendAnswer.TryAgain($"{channel.Where} gave no '{_robot.CodeMember}'.");
            }

            var why = $"{channel.Where} answered {_robot.CodeMember} {code}.";
            return code == 0 ? SendAnswer.Sent.It
                : code == _robot.TooFastCode ? new SendAnswer.TryAgain(why, TooFastPause)
                : new SendAnswer.Refused(why);
        }
        catch (JsonException)
        {
            return new SendAnswer.TryAgain($"{channel.Where} did not answer as a robot does.");
        }
    }
}
