namespace Hub.Edge.Forwarding;

/// <summary>The hub refused a publication.</summary>
public sealed class UplinkRefusedException : Exception
{
    public UplinkRefusedException(string message, bool isForGood)
        : base(message) => IsForGood = isForGood;

    public UplinkRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public UplinkRefusedException(string message)
        : base(message)
    {
    }

    public UplinkRefusedException()
    {
    }

    /// <summary>Sending the same again would get the same answer; otherwise it is worth another try later.</summary>
    public bool IsForGood { get; }
}
