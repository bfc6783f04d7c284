namespace Hub.Gateway.Web.Tour;

/// <summary>What the simulator panel can do.</summary>
public static class DemoActions
{
    /// <summary>The argument is 1, 60 or 600: how many seconds of the building pass in one of ours.</summary>
    public const string Speed = "speed";

    /// <summary>Somebody presses the button in the lobby; the argument is the lobby's space id.</summary>
    public const string Press = "press";

    /// <summary>Water begins to run in a unit; the argument is its space id.</summary>
    public const string Leak = "leak";

    /// <summary>The door of a unit is opened; the argument is its space id.</summary>
    public const string Door = "door";

    /// <summary>Somebody enters a vacant unit and uses water; the argument is its space id.</summary>
    public const string Intrusion = "intrusion";

    /// <summary>The network between an edge and the hub is cut; the argument is the edge's id, or empty for the
    /// first.</summary>
    public const string Cut = "cut";

    /// <summary>The network is mended; the argument is the edge's id, or empty for all.</summary>
    public const string Mend = "mend";

    /// <summary>A fault ends; the argument is its id.</summary>
    public const string Heal = "heal";

    public static readonly IReadOnlyList<string> All = [Speed, Press, Leak, Door, Intrusion, Cut, Mend, Heal];
}
