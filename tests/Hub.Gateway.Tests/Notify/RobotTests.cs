using System.Text.Json;
using Hub.Gateway.Notify;
using Hub.Gateway.Notify.Channels;

namespace Hub.Gateway.Tests.Notify;

/// <summary>The signatures were worked out with another language's HMAC.</summary>
public class RobotTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void WeCom_gets_plain_text_at_its_secret_address()
    {
        var (url, body) = Robot.For(ChannelKind.WeCom)
            .Say("请到场", new Uri("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"), null, Now);

        Assert.Equal("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", url.ToString());
        Assert.Equal("text", Json(body).GetProperty("msgtype").GetString());
        Assert.Equal("请到场", Json(body).GetProperty("text").GetProperty("content").GetString());
    }

    [Fact]
    public void DingTalk_is_signed_in_the_address()
    {
        var (url, body) = Robot.For(ChannelKind.DingTalk)
            .Say("x", new Uri("https://oapi.dingtalk.com/robot/send?access_token=t"), "SECabc", Now);

        Assert.Equal(
            "https://oapi.dingtalk.com/robot/send?access_token=t&timestamp=1700000000000"
            + "&sign=jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D",
            url.AbsoluteUri);
        Assert.Equal("x", Json(body).GetProperty("text").GetProperty("content").GetString());
    }

    [Fact]
    public void Feishu_is_signed_in_the_body()
    {
        var (_, body) = Robot.For(ChannelKind.Feishu)
            .Say("x", new Uri("https://open.feishu.cn/open-apis/bot/v2/hook/h"), "SECabc", Now);

        Assert.Equal("1700000000", Json(body).GetProperty("timestamp").GetString());
        Assert.Equal("XprR1de+0SSBnwWyU/4k6x2TL+Q2SJlM5NNEdAv7MWg=", Json(body).GetProperty("sign").GetString());
        Assert.Equal("x", Json(body).GetProperty("content").GetProperty("text").GetString());
    }

    private static JsonElement Json(object body) => JsonSerializer.SerializeToElement(body, JsonSerializerOptions.Web);
}
