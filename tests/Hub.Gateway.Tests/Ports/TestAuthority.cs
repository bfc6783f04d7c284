using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Testing;

namespace Hub.Gateway.Tests.Ports;

/// <summary>A site's own authority: signs certificates into PEM files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "CN=site authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
    }

    public string Write(TempFolder folder, string file)
    {
        File.WriteAllText(folder[file], _root.ExportCertificatePem());
        return folder[file];
    }

    /// <summary>The hub's, for this machine; the file names without and with the key.</summary>
    public (string Certificate, string Key) IssueServer(TempFolder folder, string name = "hub") =>
        Issue(folder, name, $"CN={name}", "1.3.6.1.5.5.7.3.1");

    public (string Certificate, string Key) IssueClient(TempFolder folder, string name) =>
        Issue(folder, name, $"CN={name}", "1.3.6.1.5.5.7.3.2");

    public void Dispose() => _root.Dispose();

    private (string, string) Issue(TempFolder folder, string file, string subject, string purpose)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using var issued = request.Create(
            _root, _root.NotBefore.AddYears(1), _root.NotAfter.AddYears(-1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(folder[$"{file}.pem"], issued.ExportCertificatePem());
        File.WriteAllText(folder[$"{file}.key"], key.ExportPkcs8PrivateKeyPem());
        return (folder[$"{file}.pem"], folder[$"{file}.key"]);
    }
}
