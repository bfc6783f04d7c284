namespace Hub.Edge.Sensing;

/// <summary>What may be wrong with a line.</summary>
public enum LineFault
{
    None,

    /// <summary>A button is down longer than anybody presses, a contact rests for longer than it should.</summary>
    Stuck,

    /// <summary>The line can't be read or switched any more, until it is taken anew.</summary>
    Broken,
}
