namespace Hub.Rules.Readings;

/// <summary>How far a reading can be trusted (OPC UA Part 8: good, uncertain, bad).</summary>
public enum Quality : byte
{
    /// <summary>Measured, with a synchronised clock.</summary>
    Good = 0,

    /// <summary>Measured, but its time was estimated (an edge that booted before it knew the time).</summary>
    Uncertain = 1,

    /// <summary>Kept for the record; no detector takes it for a fact.</summary>
    Bad = 2,
}
