namespace Hub.Edge.Setup;

/// <summary>Where the hub is, and who this edge is to it.</summary>
public sealed record HubEndpoint
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 1883;

    public bool IsTls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>A one-time token of the hub's, with which the edge enrols itself; null once it has.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// A PEM file of the authority that signed the hub's certificate; null for the machine's own trust.
    /// </summary>
    public string? AuthorityFile { get; init; }

    /// <summary>This edge's own certificate and key (PEM), where the hub asks for one.</summary>
    public string? CertificateFile { get; init; }

    /// <inheritdoc cref="CertificateFile"/>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The longest wait between two attempts to connect; each is drawn at random up to a doubling bound.
    /// </summary>
    public TimeSpan ReconnectWaitMax { get; init; } = TimeSpan.FromSeconds(30);
}
