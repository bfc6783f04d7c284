using System.Text.Json.Serialization;
using Hub.Rules.Readings;

namespace Hub.Rules.Site;

/// <summary>
/// One change of what is where and who lives there. Changes are journalled, so that they replay in order with the
/// readings; folding them from the first gives the site. The private constructor closes the family.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(SpaceDefined), "space-defined")]
[JsonDerivedType(typeof(PointCommissioned), "point-commissioned")]
[JsonDerivedType(typeof(PointRetired), "point-retired")]
[JsonDerivedType(typeof(OccupancyChanged), "occupancy-changed")]
[JsonDerivedType(typeof(WindowPlanned), "window-planned")]
[JsonDerivedType(typeof(WindowWithdrawn), "window-withdrawn")]
[JsonDerivedType(typeof(MeterExchanged), "meter-exchanged")]
[JsonDerivedType(typeof(UnitAgreed), "unit-agreed")]
[JsonDerivedType(typeof(UnitRefused), "unit-refused")]
[JsonDerivedType(typeof(RulesActivated), "rules-activated")]
[JsonDerivedType(typeof(RulesTested), "rules-tested")]
public abstract record SiteChange
{
    private SiteChange()
    {
    }

    /// <summary>A space is new or has been described anew.</summary>
    public sealed record SpaceDefined(Space Space) : SiteChange;

    /// <summary>A point begins its service, or its description (meter, interval, space) has changed.</summary>
    public sealed record PointCommissioned(Point Point) : SiteChange;

    /// <summary>A point ends its service; its history stays.</summary>
    public sealed record PointRetired(PointNumber Point) : SiteChange;

    /// <summary>Somebody has moved in or out, on <paramref name="At"/>.</summary>
    /// <param name="SpaceId">Where.</param>
    /// <param name="Occupancy">Who lives there from then on, or how it is vacant.</param>
    /// <param name="At">From when on the rules judge by it.</param>
    /// <param name="Since">Since when the ledger says that it is vacant, where that is not what was known.</param>
    /// <param name="By">Who said so.</param>
    public sealed record OccupancyChanged(
        string SpaceId, Occupancy Occupancy, DateTimeOffset At, DateTimeOffset? Since = null, string? By = null)
        : SiteChange;

    /// <summary>A planned window has been announced.</summary>
    public sealed record WindowPlanned(PlannedWindow Window) : SiteChange;

    /// <summary>
    /// An announced window ends at <paramref name="At"/> instead; if it has not begun by then, it never does.
    /// </summary>
    public sealed record WindowWithdrawn(PlannedWindow Window, DateTimeOffset At) : SiteChange;

    /// <summary>
    /// The meter behind a point has been exchanged: the old one's final register, the new one's serial and start.
    /// </summary>
    public sealed record MeterExchanged(
        PointNumber Point, DateTimeOffset At, double FinalRegister, string NewSerial, double StartRegister)
        : SiteChange;

    /// <summary>From here on a point comes in this unit; any other is asked about.</summary>
    /// <param name="Point">The point.</param>
    /// <param name="Sent">The unit, and what it is in the signal's.</param>
    /// <param name="By">Who said so; null for the unit that it was first heard in.</param>
    public sealed record UnitAgreed(PointNumber Point, SentUnit Sent, string? By = null) : SiteChange;

    /// <summary>A unit that a point came in is a mistake: what comes in it stays set aside.</summary>
    /// <param name="Point">The point.</param>
    /// <param name="Unit">As its device writes it.</param>
    /// <param name="By">Who said so.</param>
    public sealed record UnitRefused(PointNumber Point, string Unit, string By) : SiteChange;

    /// <summary>
    /// A rule pack has been activated; its whole text, so that a replay runs under the rules of that day.
    /// </summary>
    /// <param name="PackId">The pack.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="Yaml">Its whole text.</param>
    /// <param name="By">Who did it; null where the hub took it from its files.</param>
    public sealed record RulesActivated(string PackId, int Version, string Yaml, string? By = null) : SiteChange;

    /// <summary>A text of a rule pack has gone through a backtest: it may be activated.</summary>
    /// <param name="PackId">The pack.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="TextHash">SHA-256 of the text, in hexadecimal: any other text is another version.</param>
    public sealed record RulesTested(string PackId, int Version, string TextHash) : SiteChange;
}
