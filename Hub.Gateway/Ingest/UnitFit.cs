namespace Hub.Gateway.Ingest;

/// <summary>How the unit of a record stands to its point.</summary>
internal enum UnitFit : byte
{
    /// <summary>It is the one agreed on, or the signal has none.</summary>
    Fits,

    /// <summary>The point was never heard before: it becomes the one agreed on.</summary>
    First,

    /// <summary>Another one than was agreed on: an engineer is asked.</summary>
    Other,

    /// <summary>An engineer has called it a mistake.</summary>
    Refused,

    /// <summary>Nothing leads from it to the signal's unit.</summary>
    Unknown,
}
