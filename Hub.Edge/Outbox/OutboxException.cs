namespace Hub.Edge.Outbox;

/// <summary>
/// A record could not be made durable: the disk failed, or the lane is full. Nobody may be told that it is kept.
/// </summary>
public sealed class OutboxException : IOException
{
    public OutboxException(string message)
        : base(message)
    {
    }

    public OutboxException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public OutboxException()
    {
    }
}
