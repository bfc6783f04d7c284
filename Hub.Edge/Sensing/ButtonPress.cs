namespace Hub.Edge.Sensing;

/// <summary>What an edge of a button meant.</summary>
public enum ButtonPress
{
    /// <summary>Nothing: a release, or bounce.</summary>
    None,
    First,

    /// <summary>Pressed again within the repeat window; still sent.</summary>
    Repeat,
}
