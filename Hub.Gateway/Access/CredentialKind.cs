namespace Hub.Gateway.Access;

/// <summary>How a principal proves who it is. The numbers are in hub.db.</summary>
public enum CredentialKind
{
    Password = 1,

    /// <summary>Good for one claim, and then for nothing.</summary>
    Token = 2,

    /// <summary>SHA-256 of the client certificate.</summary>
    Fingerprint = 3,

    /// <summary>The client certificate's subject, where the site's own authority has signed it.</summary>
    Subject = 4,
}
