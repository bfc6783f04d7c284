namespace Hub.Gateway.Roster;

/// <summary>In which capacity people are called, and who is next where nobody is there.</summary>
public static class RosterRoles
{
    public const string Butler = "butler";
    public const string Partner = "partner";
    public const string Engineer = "engineer";

    /// <summary>Upwards: where nobody of one is on shift, the next one is called at once.</summary>
    public static readonly IReadOnlyList<string> Chain = [Butler, Partner, "hotline", "chief", "director"];

    public static readonly IReadOnlyList<string> All = [.. Chain, Engineer];

    /// <summary>Looks after a grid; the others are there for the whole site.</summary>
    public static bool HasGrid(string role) => role is Butler or Partner;

    /// <summary>The one that is asked for, and whoever answers in its place, in that order.</summary>
    public static IEnumerable<string> From(string role) => Chain.Contains(role)
        ? Chain.SkipWhile(one => one != role)
        : Chain.SkipWhile(one => one != "chief").Prepend(role);
}
