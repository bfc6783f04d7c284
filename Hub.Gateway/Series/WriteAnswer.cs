namespace Hub.Gateway.Series;

/// <summary>What a time-series database says to a batch. The private constructor closes the family.</summary>
public abstract record WriteAnswer
{
    public static readonly WriteAnswer Taken = new Accepted();

    private WriteAnswer()
    {
    }

    /// <summary>It has all of them.</summary>
    public sealed record Accepted : WriteAnswer;

    /// <summary>It will never take this batch as it is: something in it is wrong.</summary>
    public sealed record Rejected(string Reason) : WriteAnswer;

    /// <summary>It may take the same batch later: it is away, busy, or not set up.</summary>
    /// <param name="Reason">As a sentence for the operator.</param>
    /// <param name="After">When it wants to be asked again, if it said so.</param>
    public sealed record TryAgain(string Reason, TimeSpan? After = null) : WriteAnswer;
}
