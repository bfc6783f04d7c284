namespace Hub.Gateway.Rulebook;

/// <summary>What the cause that a person chose says of the rule that raised the order.</summary>
internal static class CauseVerdict
{
    private static readonly string[] False = ["false-alarm", "nothing-found"];

    /// <summary>Nobody has said, or it says nothing of the rule.</summary>
    private static readonly string[] Open = ["other", "helped", "informed", "recovered", "override"];

    /// <summary>True: something was there; false: a false alarm; null: nobody knows.</summary>
    public static bool? Of(string? cause) => cause switch
    {
        null or "" => null,
        _ when False.Contains(cause) => false,
        _ when Open.Contains(cause) => null,
        _ => true,
    };
}
