namespace Hub.Rules.Packs;

/// <summary>Whether a rule looks at vacant units, at everything else, or at both.</summary>
public enum OccupancyScope
{
    Any,

    /// <summary>Units nobody lives in.</summary>
    Vacant,

    /// <summary>Units somebody lives in, lobbies and facilities.</summary>
    Occupied,
}
