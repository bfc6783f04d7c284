namespace Hub.Rules.Engine;

/// <summary>Where a rule stands at a point: the one reason for which it says nothing, or that it speaks.</summary>
public enum StandingKind
{
    /// <summary>Its scope leaves the point out.</summary>
    Uncovered,

    /// <summary>It looks at homes in another state: lived in, or vacant.</summary>
    Occupancy,

    /// <summary>Nothing of the point has been judged yet.</summary>
    NoReading,

    /// <summary>The last reading is older than a gap: nothing is known.</summary>
    Gap,

    /// <summary>A planned window covers the reading: activity was expected.</summary>
    Window,

    /// <summary>The reading says nothing: a reset, an exchange, a suspect value.</summary>
    Unknown,

    /// <summary>What is usual here isn't known yet.</summary>
    Learning,

    /// <summary>The condition doesn't hold.</summary>
    False,

    /// <summary>The condition holds, not yet for as long as the on-delay.</summary>
    OnDelay,

    /// <summary>It fires.</summary>
    Firing,

    /// <summary>It fires, and its order is part of another rule's case.</summary>
    Inhibited,

    /// <summary>It has failed here and was stopped.</summary>
    Stopped,
}
