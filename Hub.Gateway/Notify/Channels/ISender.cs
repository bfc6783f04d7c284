namespace Hub.Gateway.Notify.Channels;

/// <summary>Sends letters one way. A letter that was sent twice is one that the process died over.</summary>
public interface ISender
{
    /// <summary>The longest text of one message, bytes of UTF-8.</summary>
    int TextBytesMax { get; }

    Task<SendAnswer> SendAsync(Letter letter, CancellationToken cancel);
}
