namespace Hub.Gateway.Facilities;

/// <summary>A no, with its reason.</summary>
/// <param name="Fault">As a kind.</param>
/// <param name="Sentence">In plain English: what is in the way, and what helps.</param>
public sealed record FacilityRefusal(FacilityFault Fault, string Sentence)
{
    public static FacilityRefusal Invalid(string sentence) => new(FacilityFault.Invalid, sentence);

    public static FacilityRefusal Changed(int version) =>
        new(FacilityFault.Changed, $"It has changed: it is at version {version}. Read it again.");
}
