using Hub.Rules.Engine;

namespace Hub.Rules.Trials;

/// <summary>One story: a small site, what happens there, and what the rules must say to it.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Site">What is where, told before anything happens.</param>
/// <param name="Steps">What happens, in the order of time.</param>
/// <param name="Expected">What must be said, in the order of time.</param>
public sealed record Trial(
    string Name, int Line, IReadOnlyList<Entry.Changed> Site, IReadOnlyList<TrialStep> Steps,
    IReadOnlyList<TrialExpectation> Expected)
{
    /// <summary>The only rules of the pack that look on; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The day that every trial begins on: a Monday.</summary>
    public static readonly DateTimeOffset Day = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A time of a trial as its file writes it.</summary>
    public static string Say(DateTimeOffset at)
    {
        var days = (at - Day).Days;
        return FormattableString.Invariant($"{(days > 0 ? $"{days}d" : "")}{at:HH:mm}");
    }
}
