using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>The client against a broker that somebody else wrote.</summary>
public sealed class MqttClientOnMosquittoTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task Delivers_what_was_published_once_and_in_order(MqttVersion version)
    {
        await using var server = await StartAsync(FreePorts.Next());
        await using var subscriber = new Running(Options("reader", version), server.Port);
        await subscriber.Client.SubscribeAsync("t/#", MqttQoS.AtLeastOnce, _cancel);
        await using var publisher = new Running(Options("writer", version) with { WindowMax = 20 }, server.Port);

        var answers = Enumerable.Range(0, 500)
            .Select(i => publisher.Client.PublishAsync($"t/{i % 3}", Payload(i), retain: false, _cancel)).ToList();

        Assert.All(await Task.WhenAll(answers), answer => Assert.True(answer.IsAccepted));
        for (var i = 0; i < 500; i++)
        {
            var message = await subscriber.Inbox.Reader.ReadAsync(_cancel);
            Assert.Equal((i, $"t/{i % 3}"), (Number(message), message.Topic));
        }
    }

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task A_retained_message_waits_for_its_subscriber_and_a_will_is_published_when_a_client_is_lost(
        MqttVersion version)
    {
        await using var server = await StartAsync(FreePorts.Next());
        await using var subscriber = new Running(Options("reader", version), server.Port);
        Stream? wire = null;
        var options = Options("edge", version) with
        {
            Will = new MqttWill("hub/1/edge/status", "offline"u8.ToArray(), Retain: true),
            // Long, so that the client isn't back before the will is seen.
            BackoffFirst = TimeSpan.FromHours(1),
            BackoffMax = TimeSpan.FromHours(1),
        };
        await using var edge = new Running(options, server.Port, stream => wire = stream)
        {
            Client = { Birth = new MqttMessage("hub/1/edge/status", "online"u8.ToArray()) { Retain = true } },
        };
        await edge.Client.PublishAsync("hub/1/edge/readings", default, retain: false, _cancel);

        await subscriber.Client.SubscribeAsync("hub/1/+/status", MqttQoS.AtLeastOnce, _cancel);
        var birth = await subscriber.Inbox.Reader.ReadAsync(_cancel);
        Assert.Equal(("online", true), (Encoding.UTF8.GetString(birth.Payload.Span), birth.Retain));

        await wire!.DisposeAsync();

        var will = await subscriber.Inbox.Reader.ReadAsync(_cancel);
        Assert.Equal(("offline", false), (Encoding.UTF8.GetString(will.Payload.Span), will.Retain));
    }

    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V500)]
    public async Task Nothing_is_lost_and_the_order_kept_when_the_broker_restarts_in_the_middle(MqttVersion version)
    {
        var port = FreePorts.Next();
        var server = await StartAsync(port);
        await using var subscriber = new Running(Options("reader", version), port);
        await subscriber.Client.SubscribeAsync("t", MqttQoS.AtLeastOnce, _cancel);
        await using var publisher = new Running(Options("writer", version) with { WindowMax = 10 }, port);
        var answers = new List<Task<MqttPublishResult>>();

        for (var round = 0; round < 3; round++)
        {
            answers.AddRange(Enumerable.Range(round * 300, 300)
                .Select(i => publisher.Client.PublishAsync("t", Payload(i), retain: false, _cancel)));
            await answers[round * 300];
            await EndInGoodOrderAsync(server);
            server = await StartAsync(port);
        }

        await using var last = server;
        Assert.All(await Task.WhenAll(answers), answer => Assert.True(answer.IsAccepted));
        var seen = new List<int>();
        while (seen.Count < 900)
        {
            var number = Number(await subscriber.Inbox.Reader.ReadAsync(_cancel));
            if (!seen.Contains(number))
            {
                seen.Add(number);
            }
        }

        Assert.Equal(Enumerable.Range(0, 900), seen);
        // One for each broker it published to; one more for the last, unless all was acknowledged before.
        Assert.InRange(publisher.Connections, 3, 4);
    }

    [Fact]
    public async Task A_persistent_session_keeps_messages_for_a_client_that_was_away()
    {
        await using var server = await StartAsync(FreePorts.Next());
        await using (var first = new Running(Options("reader", MqttVersion.V500), server.Port))
        {
            await first.Client.SubscribeAsync("t", MqttQoS.AtLeastOnce, _cancel);
        }

        await using var publisher = new Running(Options("writer", MqttVersion.V500), server.Port);
        await publisher.Client.PublishAsync("t", Payload(5), retain: false, _cancel);
        await using var second = new Running(Options("reader", MqttVersion.V500), server.Port);

        Assert.Equal(5, Number(await second.Inbox.Reader.ReadAsync(_cancel)));
        Assert.True(second.SessionPresent);
    }

    [Fact]
    public async Task TLS_connects_to_the_right_name_under_the_pinned_authority_and_to_nothing_else()
    {
        var port = FreePorts.Next();
        MakeCertificates();
        await using var server = await StartAsync(
            port, $"cafile {_folder["ca.pem"]}", $"certfile {_folder["server.pem"]}", $"keyfile {_folder["server.key"]}");

        await using (var good = new Running(
            Options("a", MqttVersion.V500), MqttConnector.Tls("localhost", port, _folder["ca.pem"])))
        {
            Assert.True((await good.Client.PublishAsync("t", default, false, _cancel)).IsAccepted);
        }

        // The certificate says localhost alone; and another authority did not sign it.
        await AssertCannotConnectAsync(MqttConnector.Tls("127.0.0.1", port, _folder["ca.pem"]));
        await AssertCannotConnectAsync(MqttConnector.Tls("localhost", port, _folder["other.pem"]));
        await AssertCannotConnectAsync(MqttConnector.Tls("localhost", port));
    }

    public void Dispose() => _folder.Dispose();

    private static MqttClientOptions Options(string id, MqttVersion version) => new()
    {
        ClientId = id,
        Version = version,
        BackoffFirst = TimeSpan.FromMilliseconds(50),
        BackoffMax = TimeSpan.FromMilliseconds(200),
    };

    private static byte[] Payload(int number) =>
        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private static int Number(MqttMessage message) =>
        int.Parse(Encoding.ASCII.GetString(message.Payload.Span), CultureInfo.InvariantCulture);

    private async Task AssertCannotConnectAsync(Func<CancellationToken, Task<Stream>> connector)
    {
        await using var client = new Running(Options("b", MqttVersion.V500), connector);
        var end = await client.FirstEnd.WaitAsync(_cancel);
        Assert.Equal(MqttDisconnectKind.CannotConnect, end.Kind);
    }

    private async Task<RealServer> StartAsync(int port, params string[] more)
    {
        var path = RealServer.Find("mosquitto");
        var config = _folder[$"mosquitto-{port}.conf"];
        await File.WriteAllLinesAsync(
            config,
            [
                $"listener {port} 127.0.0.1", "allow_anonymous true", "max_queued_messages 0", "user root",
                "persistence true", $"persistence_location {_folder.Path}/", .. more,
            ],
            _cancel);
        return await RealServer.StartAsync(path, port, ["-c", config], _cancel);
    }

    // On SIGTERM it writes its sessions and messages down; kill -9 would lose what it acknowledged.
    private async Task EndInGoodOrderAsync(RealServer server)
    {
        using var process = Process.GetProcessById(server.ProcessId);
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(_cancel);
        await server.DisposeAsync();
    }

    private void MakeCertificates()
    {
        using var ca = MakeAuthority("ca");
        using var other = MakeAuthority("other");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var server = request.Create(ca, ca.NotBefore, ca.NotAfter, [1, 2, 3]);
        File.WriteAllText(_folder["server.pem"], server.ExportCertificatePem());
        File.WriteAllText(_folder["server.key"], key.ExportPkcs8PrivateKeyPem());
    }

    private X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(_folder[$"{name}.pem"], certificate.ExportCertificatePem());
        return certificate;
    }

    /// <summary>A client with its loop, stopped at the end.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly TaskCompletionSource<MqttDisconnected> _firstEnd = new();
        private readonly Task _running;

        public Running(MqttClientOptions options, int port, Action<Stream>? onConnect = null)
            : this(options, async cancel =>
            {
                var stream = await MqttConnector.Tcp(IPAddress.Loopback.ToString(), port)(cancel);
                onConnect?.Invoke(stream);
                return stream;
            })
        {
        }

        public Running(MqttClientOptions options, Func<CancellationToken, Task<Stream>> connector)
        {
            Client = new MqttClient(options, connector, TimeProvider.System, new Random(1))
            {
                OnMessage = (message, cancel) => Inbox.Writer.WriteAsync(message, cancel),
            };
            Client.Disconnected += end => _firstEnd.TrySetResult(end);
            Client.Connected += connected =>
            {
                SessionPresent = connected.SessionPresent;
                Connections++;
            };
            _running = Task.Run(() => Client.RunAsync(_stopping.Token));
        }

        public MqttClient Client { get; }

        public Channel<MqttMessage> Inbox { get; } = Channel.CreateBounded<MqttMessage>(10_000);

        public bool SessionPresent { get; private set; }

        public int Connections { get; private set; }

        public Task<MqttDisconnected> FirstEnd => _firstEnd.Task;

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _running;
            Client.Dispose();
            _stopping.Dispose();
        }
    }
}
