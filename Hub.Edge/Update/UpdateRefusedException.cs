namespace Hub.Edge.Update;

/// <summary>An update is not taken; nothing has changed.</summary>
public sealed class UpdateRefusedException : Exception
{
    public UpdateRefusedException(string message)
        : base(message)
    {
    }

    public UpdateRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public UpdateRefusedException()
    {
    }
}
