namespace Hub.Rules.Engine;

/// <summary>Why a message was set aside instead of becoming readings.</summary>
public enum SetAsideKind : byte
{
    /// <summary>Not a pack that can be read.</summary>
    Unreadable = 1,

    /// <summary>A device or signal that nobody has commissioned: proposed, and its readings quarantined.</summary>
    Unknown = 2,

    /// <summary>A value outside the signal's possible range, or a time too far from the hub's.</summary>
    Impossible = 3,

    /// <summary>A topic that carries no readings.</summary>
    UnknownTopic = 4,

    /// <summary>
    /// A unit other than the point's own: an engineer is asked, and its readings wait for the answer.
    /// </summary>
    OtherUnit = 5,
}
