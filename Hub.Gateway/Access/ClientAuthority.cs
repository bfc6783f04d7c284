using System.Security.Cryptography.X509Certificates;

namespace Hub.Gateway.Access;

/// <summary>
/// The site's own authority, whose signature makes a client certificate's subject worth believing. Without one, only
/// fingerprints count.
/// </summary>
internal sealed class ClientAuthority(HubOptions options)
{
    /// <summary>Whether it was signed by the authority, for a client, and is within its time.</summary>
    public bool HasSigned(X509Certificate2 certificate)
    {
        if (options.MqttClientAuthorityFile is not { } file)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        // A site's own authority publishes no revocation lists: here a device is revoked by its name.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        // Read anew each time: certificates are judged at a CONNECT, and a replaced file counts from the next one on.
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        return chain.Build(certificate);
    }
}
