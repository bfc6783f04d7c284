using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hub.Gateway.Ports;

/// <summary>
/// The server's certificate and key, PEM. Files that were replaced count from the next handshake on; files that can't
/// be used don't, and the certificate that is in force stays.
/// </summary>
internal sealed class CertificateFiles(
    string certificateFile, string keyFile, TimeProvider time, ILogger<CertificateFiles> logger)
{
    /// <summary>Files are looked at no more often than this, however many handshakes there are.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private static readonly SslApplicationProtocol Mqtt = new("mqtt");

    private readonly Lock _gate = new();
    private SslServerAuthenticationOptions? _current;
    private string _seen = "";
    private long _lookedAt;

    /// <summary>What the next handshake uses.</summary>
    /// <exception cref="FormatException">There is none that can be used, and never was.</exception>
    public SslServerAuthenticationOptions Current()
    {
        lock (_gate)
        {
            if (_current is null || time.GetElapsedTime(_lookedAt) >= LookEvery)
            {
                _lookedAt = time.GetTimestamp();
                Look_NeedsLock();
            }

            return _current!;
        }
    }

    private void Look_NeedsLock()
    {
        try
        {
            // By content: a link whose target is replaced keeps its own time.
            var (certificate, key) = (File.ReadAllText(certificateFile), File.ReadAllText(keyFile));
            if (certificate + key == _seen)
            {
                return;
            }

            _seen = certificate + key;
            var isFirst = _current is null;
            var read = Read(certificate, key);
            _current = Options(read, certificate);
            if (!isFirst)
            {
                PortMessages.CertificateReloaded(logger, read.Subject, read.NotAfter);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            if (_current is null)
            {
                throw new FormatException(
                    $"--mqtt-cert {certificateFile} and --mqtt-key {keyFile} can't be used: {e.Message} "
                    + "They must be a certificate and its key in PEM.", e);
            }

            PortMessages.CertificateRefused(logger, certificateFile, e.Message);
        }
    }

    private static X509Certificate2 Read(string certificate, string key)
    {
        using var read = X509Certificate2.CreateFromPem(certificate, key);
        // Through PKCS #12 and back: a key that only lives in memory is not taken by TLS everywhere.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    private static SslServerAuthenticationOptions Options(X509Certificate2 certificate, string pem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        return new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            ApplicationProtocols = [Mqtt],
            // Asked for, and not required. Whose it is, and whether it counts, is decided at CONNECT, where the client
            // can be told; here it has proven to have the key.
            ClientCertificateRequired = true,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // Not a server's certificate, and not believed either.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        };
    }
}
