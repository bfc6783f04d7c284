using System.Globalization;
using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Simulation;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Simulation;

/// <summary>The simulated building under the default packs, as a hub would watch it: a batch and a tick a minute.</summary>
internal sealed class WatchedBuilding
{
    private readonly RulesEngine _engine = new(RuleSet.From(DefaultPacks.All));
    private readonly Dictionary<string, PointNumber> _numbers = [];

    public WatchedBuilding(int seed, DateTimeOffset start)
    {
        Building = new SimulatedBuilding(seed, start);
        var site = SiteFile.Read("site.yaml", Building.SiteYaml).Value!;
        foreach (var space in site.Spaces)
        {
            _engine.Step(new Entry.Changed(start, new SiteChange.SpaceDefined(space)));
        }

        foreach (var point in site.Points)
        {
            var number = new PointNumber(_numbers.Count + 1);
            _numbers.Add(point.Id.Value, number);
            _engine.Step(new Entry.Changed(start, new SiteChange.PointCommissioned(point.At(number))));
        }
    }

    public SimulatedBuilding Building { get; }

    public List<AlarmTransition> Seen { get; } = [];

    /// <summary>Without the upkeep that every empty home needs.</summary>
    public IEnumerable<AlarmTransition.Raised> Raised =>
        Seen.OfType<AlarmTransition.Raised>().Where(raised => !DetectorCatalogue.Of(raised.Detector).IsUpkeep);

    public IEnumerable<string> Orders =>
        Raised.Where(raised => raised.Order is { Priority: not OrderPriority.Notice }).Select(Say);

    public static string Say(AlarmTransition.Raised raised) => string.Create(
        CultureInfo.InvariantCulture,
        $"{raised.At:dd HH:mm} {raised.RuleId} {raised.SpaceId} {raised.Device} {raised.Signal}: ")
        + Explanations.Render(raised.Why, "en", TimeZoneInfo.Utc);

    public void Live(TimeSpan span)
    {
        for (var end = Building.Now + span; Building.Now < end;)
        {
            var now = Building.Now.AddMinutes(1);
            foreach (var edge in Building.StepTo(now).GroupBy(sample => sample.Edge))
            {
                Reading[] readings =
                [
                    .. edge.Select(sample => new Reading(
                        _numbers[Point.IdOf(sample.Edge, sample.Device, sample.Signal).Value], sample.At.UtcTicks, sample.Value)),
                ];
                Seen.AddRange(_engine.Step(new Entry.Readings(edge.Key, "", 0, now, readings)));
            }

            Seen.AddRange(_engine.Step(new Entry.Tick(now)));
        }
    }
}
