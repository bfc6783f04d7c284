using Hub.Gateway.Inspections;

namespace Hub.Gateway.Web.Rounds;

/// <summary>The rounds, and what was found and is not good yet.</summary>
/// <param name="Rounds">The newest first.</param>
/// <param name="Buildings">What a round can be of.</param>
/// <param name="Findings">The oldest first, each with its place's name and whether its order is resolved.</param>
/// <param name="Samples">Inspections of the newest rounds that quality is to look at.</param>
/// <param name="Trouble">Why the last step was not taken; empty if it was.</param>
public sealed record RoundsView(
    IReadOnlyList<RoundSummary> Rounds, IReadOnlyList<string> Buildings,
    IReadOnlyList<(Finding Finding, string Place, bool IsResolved)> Findings, IReadOnlyList<Inspection> Samples,
    string Trouble);

/// <summary>One round to walk.</summary>
public sealed record RoundView(RoundAnswer Round);

/// <summary>One unit to be looked at.</summary>
/// <param name="Round">The round.</param>
/// <param name="Stop">The unit with its meters.</param>
/// <param name="Id">The report's id, made when the form was, so that sending it twice is one.</param>
/// <param name="At">When the form was opened.</param>
/// <param name="Typed">What was typed before it was refused.</param>
/// <param name="Reasons">Why it was refused.</param>
public sealed record InspectView(
    string Round, StopAnswer Stop, string Id, DateTimeOffset At, IReadOnlyDictionary<string, string> Typed,
    IReadOnlyList<string> Reasons);
