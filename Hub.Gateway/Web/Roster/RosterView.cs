using Hub.Gateway.Roster;
using Hub.Rules.Files;

namespace Hub.Gateway.Web.Roster;

/// <summary>Who is on shift, who stands in, and the hours that nobody covers.</summary>
/// <param name="Picture">The roster itself.</param>
/// <param name="OnDuty">Who is called now, a grid each; then the roles of the whole site.</param>
/// <param name="Holes">The hours without a butler in the coming days.</param>
/// <param name="Handovers">The notes, the newest first.</param>
/// <param name="CanImport">The visitor may replace the roster.</param>
/// <param name="Trouble">Why something was not done; null if nothing was refused.</param>
/// <param name="Faults">What is wrong with tables that were handed in.</param>
public sealed record RosterView(
    RosterPicture Picture, IReadOnlyList<OnDutyView> OnDuty, IReadOnlyList<Hole> Holes,
    IReadOnlyList<Handover> Handovers, bool CanImport, string? Trouble, IReadOnlyList<Fault> Faults);

/// <summary>Who is called for one grid, or in one role.</summary>
/// <param name="Name">The grid as people say it; empty for the whole site.</param>
/// <param name="Role">Who is asked for: a key of the <c>role</c> words.</param>
/// <param name="CalledRole">Who answers.</param>
/// <param name="People">Their ids; empty if there is nobody.</param>
public sealed record OnDutyView(string Name, string Role, string CalledRole, IReadOnlyList<string> People);
