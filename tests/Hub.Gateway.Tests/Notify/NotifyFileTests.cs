using Hub.Gateway.Notify;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Tests.Notify;

public class NotifyFileTests
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    [Fact]
    public void A_file_says_whom_of_what_and_when()
    {
        var file = Read("""
            pages: https://hub.example.org/
            mail: { host: smtp.example.org, from: hub@example.org, user: hub, passwordFile: mail.secret }
            channels:
              - { id: desk, kind: webhook, url: https://desk.example.org/hook, secretFile: hook.secret }
              - id: chiefs
                kind: wecom
                urlFile: robot.url
                tells: [chief, director]
                about: [breach, due-soon]
                spaces: ["b1-*"]
                hours: "07:00-23:00"
                language: en
                after: 2 min
              - { id: letters, kind: mail, to: [chief@example.org] }
            """);

        var (desk, chiefs, letters) = (file.Channels[0], file.Channels[1], file.Channels[2]);
        Assert.Equal((ChannelKind.Webhook, Secret), (desk.Kind, desk.Secret));
        Assert.Equal("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", chiefs.Url!.ToString());
        Assert.Equal("qyapi.weixin.qq.com", chiefs.Where);
        Assert.Equal([NoticeKind.DueSoon, NoticeKind.Breach], chiefs.About.Order());
        Assert.Equal((TimeSpan.FromMinutes(2), 20), (chiefs.After, chiefs.PerMinuteMax));
        Assert.Equal(["chief@example.org"], letters.Addresses);
        Assert.Equal((587, true, "letmein"), (file.Mail!.Port, file.Mail.UsesTls, file.Mail.Password));
    }

    [Fact]
    public void Every_fault_of_a_file_is_said_at_once_with_its_line_and_cure()
    {
        var read = NotifyFile.Read("notify.yaml", """
            mail: { host: smtp.example.org, from: nobody, tls: no }
            channels:
              - { id: a, kind: webhok, url: "http://desk.example.org/hook" }
              - { id: a, kind: wecom, url: "nowhere", hours: "late" }
              - { id: b, kind: webhook, url: "https://x.example.org", secretFile: weak.secret }
              - { id: c, kind: webhook, url: "https://x.example.org", secretFile: missing.secret, tells: [chef] }
              - { id: d, kind: mail }
              - { id: e, kind: feishu }
            """, SecretOf);

        var said = read.ToString();
        Assert.False(read.IsGood);
        Assert.Equal(
            [1, 1, 3, 3, 3, 4, 4, 4, 5, 6, 6, 7, 8], read.Faults.Select(fault => fault.Line));
        Assert.Contains("webhook", said, StringComparison.Ordinal);
        Assert.Contains("chief", said, StringComparison.Ordinal);
        Assert.Contains("openssl rand", said, StringComparison.Ordinal);
        Assert.Contains("use https", said, StringComparison.Ordinal);
    }

    private static NotifyFile Read(string text)
    {
        var read = NotifyFile.Read("notify.yaml", text, SecretOf);
        Assert.Equal("", read.ToString());
        return read.Value!;
    }

    private static string SecretOf(string path) => path switch
    {
        "hook.secret" => Secret + "\n",
        "weak.secret" => "1234",
        "mail.secret" => "letmein",
        "robot.url" => "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
        _ => throw new FileNotFoundException("No such file."),
    };
}
