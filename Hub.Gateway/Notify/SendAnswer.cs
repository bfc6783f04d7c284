namespace Hub.Gateway.Notify;

/// <summary>What came of sending a letter.</summary>
public abstract record SendAnswer
{
    /// <summary>The receiver has it.</summary>
    public sealed record Sent : SendAnswer
    {
        public static readonly Sent It = new();
    }

    /// <summary>It may pass: the channel waits, and everything behind it with it.</summary>
    /// <param name="Why">For the log and for the engineer.</param>
    /// <param name="After">How long the receiver asks to be left alone.</param>
    public sealed record TryAgain(string Why, TimeSpan? After = null) : SendAnswer;

    /// <summary>The receiver won't have this one; it is tried a few times more and then given up.</summary>
    public sealed record Refused(string Why) : SendAnswer;
}
