using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Gateway.Access;
using Hub.Gateway.Tests.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Ports;

/// <summary>The TLS listener: versions, renewal, client certificates, and somebody else's client.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly ManualTime _time = new();
    private readonly string _authorityFile;

    public TlsTests() => _authorityFile = _authority.Write(_folder, "ca.pem");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
#pragma warning disable SYSLIB0039 // The point is that it is refused.
    [InlineData(SslProtocols.Tls11, false)]
#pragma warning restore SYSLIB0039
    public async Task Speaks_TLS_1_2_and_1_3_alone(SslProtocols version, bool isSpoken)
    {
        await using var hub = await StartAsync();

        var opening = OpenAsync(hub, tls => tls.EnabledSslProtocols = version);

        if (isSpoken)
        {
            await using var client = await opening;
            Assert.Equal(MqttReason.NotAuthorized, await client.TryConnectAsync("a"));
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(() => opening);
        }
    }

    [Fact]
    public async Task A_replaced_certificate_counts_for_the_next_connection_and_the_open_one_stays()
    {
        await using var hub = await StartAsync();
        var password = await PasswordAsync(hub, "load-1");
        var seen = new List<string>();
        await using var first = await OpenAsync(hub, tls => tls.RemoteCertificateValidationCallback = Note);
        Assert.Equal(MqttReason.Success, await first.TryConnectAsync("load-1", "load-1", password));

        var (certificate, key) = _authority.IssueServer(_folder, "renewed");
        await File.WriteAllTextAsync(_folder["hub.pem"], "half a certif", Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));
        await using var meanwhile = await OpenAsync(hub, tls => tls.RemoteCertificateValidationCallback = Note);
        File.Copy(key, _folder["hub.key"], overwrite: true);
        File.Copy(certificate, _folder["hub.pem"], overwrite: true);
        _time.Advance(TimeSpan.FromSeconds(1));
        await using var second = await OpenAsync(hub, tls => tls.RemoteCertificateValidationCallback = Note);

        Assert.Equal(["CN=hub", "CN=hub", "CN=renewed"], seen);
        Assert.IsType<MqttPacket.PingResp>(await first.AskAsync(new MqttPacket.PingReq()));

        bool Note(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
        {
            seen.Add(shown!.Subject);
            return true;
        }
    }

    [Fact]
    public async Task A_client_certificate_is_a_credential_by_its_fingerprint()
    {
        await using var hub = await StartAsync();
        using var stranger = new TestAuthority("CN=somebody else");
        var (certificate, key) = stranger.IssueClient(_folder, "edge-1");
        var shown = Load(certificate, key);
        var fingerprint = Convert.ToHexStringLower(shown.GetCertHash(HashAlgorithmName.SHA256));

        Assert.Equal(MqttReason.NotAuthorized, await TryAsync(hub, shown));
        Assert.Equal(
            AccessRefusal.None,
            await hub.Access.AddCertificateAsync("edge-1", CredentialKind.Fingerprint, fingerprint, Cancel));
        Assert.Equal(MqttReason.Success, await TryAsync(hub, shown));
        Assert.Equal(MqttReason.NotAuthorized, await TryAsync(hub, null));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, shown, user: "edge-2"));
        Assert.Equal(AccessRefusal.None, await hub.Access.RevokeAsync("edge-1", Cancel));
        Assert.Equal(MqttReason.NotAuthorized, await TryAsync(hub, shown));
    }

    [Fact]
    public async Task A_subject_counts_if_the_sites_own_authority_has_signed_it_for_a_client()
    {
        await using var hub = await StartAsync(options => options with { MqttClientAuthorityFile = _authorityFile });
        await hub.Access.AddCertificateAsync("edge-1", CredentialKind.Subject, "CN=edge-1", Cancel);
        using var stranger = new TestAuthority("CN=somebody else");
        var forged = stranger.IssueClient(_folder, "edge-1");
        Assert.Equal(MqttReason.NotAuthorized, await TryAsync(hub, Load(forged.Certificate, forged.Key)));
        var forServers = _authority.IssueServer(_folder, "edge-1");
        Assert.Equal(MqttReason.NotAuthorized, await TryAsync(hub, Load(forServers.Certificate, forServers.Key)));

        var good = _authority.IssueClient(_folder, "edge-1");

        Assert.Equal(MqttReason.Success, await TryAsync(hub, Load(good.Certificate, good.Key)));
    }

    [Fact]
    public async Task A_certificate_file_that_can_t_be_used_is_named_at_the_start()
    {
        await File.WriteAllTextAsync(_folder["bad.pem"], "nothing", Cancel);

        var fault = await Assert.ThrowsAnyAsync<Exception>(
            () => StartAsync(options => options with { MqttCertificateFile = _folder["bad.pem"] }));

        Assert.Contains("--mqtt-cert", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tlsv1.2", "5")]
    [InlineData("tlsv1.3", "311")]
    public async Task Mosquittos_client_publishes_over_TLS_with_its_password_or_its_certificate(string tls, string version)
    {
        var publisher = RealServer.Find("mosquitto_pub");
        await using var hub = await StartAsync(options => options with { MqttClientAuthorityFile = _authorityFile });
        var password = await PasswordAsync(hub, "load-1");
        await hub.Access.AddCertificateAsync("load-2", CredentialKind.Subject, "CN=load-2", Cancel);
        var (certificate, key) = _authority.IssueClient(_folder, "load-2");

        Assert.Equal("", await PublishAsync("load-1", "-u", "load-1", "-P", password));
        Assert.Equal("", await PublishAsync("load-2", "--cert", certificate, "--key", key));
        Assert.NotEqual("", await PublishAsync("load-1"));

        async Task<string> PublishAsync(string device, params string[] more)
        {
            using var process = Process.Start(new ProcessStartInfo(
                publisher,
                [
                    "-h", "127.0.0.1", "-p", $"{hub.Addresses[2].Port}", "-V", version, "-q", "1", "--cafile", _authorityFile,
                    "--tls-version", tls, "-t", $"hub/1/{device}/readings", "-m", "[]", .. more,
                ])
            {
                RedirectStandardError = true,
            })!;
            var error = await process.StandardError.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            return process.ExitCode == 0 ? error : $"{process.ExitCode} {error}";
        }
    }

    private Task<RunningHub> StartAsync(Func<HubOptions, HubOptions>? with = null)
    {
        var (certificate, key) = _authority.IssueServer(_folder);
        return RunningHub.StartAsync(_folder, false, new() { NetworkTime = _time }, with: options =>
        {
            var tls = options with
            {
                MqttTls = new IPEndPoint(IPAddress.Loopback, 0),
                MqttCertificateFile = certificate,
                MqttKeyFile = key,
            };
            return with?.Invoke(tls) ?? tls;
        });
    }

    private static async Task<string> PasswordAsync(RunningHub hub, string device)
    {
        const string Password = "0123456789abcdefghijABCDEFGHIJ-_";
        var (_, token, _) = await hub.Access.MakeTokenAsync(device, Cancel);
        Assert.Equal(AccessRefusal.None, await hub.Access.ClaimAsync(device, token, Password, Cancel));
        return Password;
    }

    private static X509Certificate2 Load(string certificate, string key)
    {
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private async Task<MqttReason?> TryAsync(RunningHub hub, X509Certificate2? shown, string? user = null)
    {
        await using var client = await OpenAsync(hub, tls => tls.ClientCertificates = shown is null ? [] : [shown]);
        return await client.TryConnectAsync("", user);
    }

    private async Task<StreamClient> OpenAsync(RunningHub hub, Action<SslClientAuthenticationOptions> with)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, hub.Addresses[2].Port, Cancel);
        var stream = new SslStream(tcp.GetStream());
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(_authorityFile);
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy };
        with(options);
        await stream.AuthenticateAsClientAsync(options, Cancel);
        return new StreamClient(stream);
    }
}
