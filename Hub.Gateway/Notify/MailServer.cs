namespace Hub.Gateway.Notify;

/// <summary>The SMTP server that takes the hub's letters.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">587 for submission, 25 on this machine.</param>
/// <param name="From">The sender's address.</param>
public sealed record MailServer(string Host, int Port, string From)
{
    /// <summary>STARTTLS (RFC 3207) before anything is said; only a server on this machine may do without.</summary>
    public bool UsesTls { get; init; } = true;

    public string? User { get; init; }

    public string? Password { get; init; }
}
