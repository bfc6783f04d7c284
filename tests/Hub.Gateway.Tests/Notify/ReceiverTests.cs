using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Gateway.Notify;
using Hub.Gateway.Notify.Channels;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Notify;

/// <summary>A real HTTP server and a real SMTP server at the other end.</summary>
public class ReceiverTests
{
    private const string Secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static readonly Letter Sample = new(
        "notice-7-hook", "order.call", new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero), "请到场：三栋",
        "请到场：三栋\n.\n工单 2026-11-0001");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_signed_so_that_its_receiver_can_check_it()
    {
        (string Id, string Signed, string Body) got = default;
        await using var server = await ServeAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            got = ($"{context.Request.Headers["webhook-id"]}", $"{context.Request.Headers["webhook-signature"]}",
                await reader.ReadToEndAsync());
            var content = $"{got.Id}.{context.Request.Headers["webhook-timestamp"]}.{got.Body}";
            var mac = HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes(content));
            context.Response.StatusCode = got.Signed == $"v1,{Convert.ToBase64String(mac)}" ? 204 : 401;
        });

        Assert.IsType<SendAnswer.Sent>(await SendAsync(server, ChannelKind.Webhook, $"whsec_{Secret}"));
        Assert.Equal(Sample.Key, got.Id);
        Assert.Equal("order.call", JsonDocument.Parse(got.Body!).RootElement.GetProperty("type").GetString());
        var wrong = Convert.ToBase64String(new byte[24]);
        Assert.IsType<SendAnswer.TryAgain>(await SendAsync(server, ChannelKind.Webhook, $"whsec_{wrong}"));
    }

    [Theory]
    [InlineData(503, "", "TryAgain")]
    [InlineData(302, "", "TryAgain")]
    [InlineData(400, "", "Refused")]
    [InlineData(200, """{"errcode":0,"errmsg":"ok"}""", "Sent")]
    [InlineData(200, """{"errcode":45009,"errmsg":"api freq out of limit"}""", "TryAgain")]
    [InlineData(200, """{"errcode":93000,"errmsg":"invalid webhook url"}""", "Refused")]
    [InlineData(200, "<html>sign in to this network</html>", "TryAgain")]
    public async Task A_robots_answer_is_read_as_its_service_means_it(int status, string body, string meant)
    {
        await using var server = await ServeAsync(context =>
        {
            // Some services want to know the length before.
            context.Response.StatusCode = context.Request.ContentLength > 0 ? status : 411;
            context.Response.Headers.Location = status == 302 ? "http://127.0.0.1:1/" : default;
            return context.Response.WriteAsync(body);
        });

        Assert.Equal(meant, (await SendAsync(server, ChannelKind.WeCom, null)).GetType().Name);
    }

    [Fact]
    public async Task Nobody_listening_is_a_reason_to_try_again()
    {
        var nowhere = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
        var channel = new Channel("hook", ChannelKind.WeCom) { Url = nowhere };
        using var http = HttpPost.Client(nowhere, TimeSpan.FromSeconds(5));

        Assert.IsType<SendAnswer.TryAgain>(
            await new RobotSender(channel, http, TimeProvider.System).SendAsync(Sample, Cancel));
    }

    [Fact]
    public async Task A_real_mail_server_takes_the_letter_with_its_words_whole()
    {
        var (path, port) = (RealServer.Find("aiosmtpd"), FreePorts.Next());
        using var folder = new TempFolder();
        var box = folder["box"];
        await using var server = await RealServer.StartAsync(
            path, port, ["-n", "-l", $"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", box], Cancel);
        var channel = new Channel("letters", ChannelKind.Mail) { Addresses = ["chief@example.org"] };
        var sender = new MailSender(
            channel, new MailServer("127.0.0.1", port, "hub@example.org") { UsesTls = false },
            TimeSpan.FromSeconds(10));

        Assert.IsType<SendAnswer.Sent>(await sender.SendAsync(Sample, Cancel));

        var letter = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(box, "new"))), Cancel);
        Assert.Contains($"<{Sample.Key}@example.org>", letter, StringComparison.Ordinal);
        var body = letter[(letter.ReplaceLineEndings("\n").IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        Assert.Contains(
            "请到场：三栋\n.\n工单 2026-11-0001",
            Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings(""))).ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        await server.KillAsync();
        Assert.IsType<SendAnswer.TryAgain>(await sender.SendAsync(Sample, Cancel));
    }

    private static async Task<SendAnswer> SendAsync(WebApplication server, ChannelKind kind, string? secret)
    {
        var channel = new Channel("hook", kind) { Url = new Uri(server.Urls.Single()), Secret = secret };
        using var http = HttpPost.Client(channel.Url, TimeSpan.FromSeconds(5));
        ISender sender = kind == ChannelKind.Webhook
            ? new WebhookSender(channel, http, TimeProvider.System)
            : new RobotSender(channel, http, TimeProvider.System);
        return await sender.SendAsync(Sample, Cancel);
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add($"http://{IPAddress.Loopback}:{FreePorts.Next()}");
        server.Run(answer);
        await server.StartAsync(Cancel);
        return server;
    }
}
