namespace Hub.Gateway.Access;

/// <summary>A client certificate as a device's credential: one of the two.</summary>
/// <param name="Fingerprint">SHA-256 in hex, with or without colons.</param>
/// <param name="Subject">Its subject, such as <c>CN=edge-b1</c>; the site's own authority must have signed it.</param>
public sealed record CertificateRequest(string? Fingerprint, string? Subject);
