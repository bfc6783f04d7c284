using Hub.Gateway.Facilities;
using Hub.Rules.Files;

namespace Hub.Gateway.Web.Facilities;

/// <summary>A table of facilities on its way in.</summary>
/// <param name="Diff">What it would change; null before there is a file.</param>
/// <param name="Text">The file, to be applied as it was compared.</param>
/// <param name="Faults">What is wrong with it.</param>
/// <param name="Trouble">Why nothing was applied; empty where nothing was wrong.</param>
public sealed record TableView(FacilityDiff? Diff, string Text, IReadOnlyList<Fault> Faults, string Trouble)
{
    public static readonly TableView Empty = new(null, "", [], "");
}
