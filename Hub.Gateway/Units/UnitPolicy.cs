namespace Hub.Gateway.Units;

/// <summary>The ledger's figures.</summary>
public sealed record UnitPolicy
{
    /// <summary>An owner's file number at most; a name does not belong here: the ledger is no household file.</summary>
    public const int OwnerCharsMax = 60;

    /// <summary>How far back a move may be noted.</summary>
    public TimeSpan LateMax { get; init; } = TimeSpan.FromDays(366);

    /// <summary>The longest window; whoever needs a longer one has moved in.</summary>
    public TimeSpan WindowMax { get; init; } = TimeSpan.FromDays(92);

    /// <summary>How far ahead a window may begin.</summary>
    public TimeSpan AheadMax { get; init; } = TimeSpan.FromDays(366);

    /// <summary>What a person can announce; a visit is announced by accepting an order.</summary>
    public static readonly IReadOnlyList<string> Reasons =
        ["inspection", "viewing", "cleaning", "flushing", "renovation", "homecoming"];
}
