using System.Globalization;

namespace Hub.Rules.Trials;

/// <summary>Where a trial and the rules disagree.</summary>
/// <param name="Trial">The trial's name.</param>
/// <param name="Line">The expectation's line; the trial's own for what nobody expected.</param>
/// <param name="By">Until when.</param>
/// <param name="Expected">What the file says.</param>
/// <param name="Said">What the rules said, each with its time.</param>
public sealed record TrialMiss(string Trial, int Line, DateTimeOffset By, string Expected, string Said)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Line}: {Trial}: by {Trials.Trial.Say(By)} expected {Expected}; there was {Said}");
}
