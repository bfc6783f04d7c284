namespace Hub.Gateway.Access;

/// <summary>Why a change of who may get in was not made.</summary>
public enum AccessRefusal
{
    None,

    /// <summary>A name is up to 64 letters, digits and <c>-._:</c>, and begins with a letter or a digit.</summary>
    NameInvalid,

    /// <summary>The name is a device's and was to be an account's, or the other way round.</summary>
    NameTaken,

    /// <summary>Nobody has that name.</summary>
    Unknown,

    /// <summary>A topic pattern that isn't one, none at all, or too many.</summary>
    PatternInvalid,

    /// <summary>The certificate is another principal's, or is none.</summary>
    CertificateInvalid,

    /// <summary>There is no such token for that name, or it is claimed, or its time is over.</summary>
    TokenInvalid,

    /// <summary>As many principals as the hub keeps.</summary>
    TooMany,
}
