namespace Hub.Rules.Simulation;

/// <summary>
/// Something goes on at a rate from one instant to another: a shower at 500 L/h, a kettle at 1,800 W, an open door
/// (rate 1). Everything that happens in the simulated building is made of these, people's habits and faults alike.
/// </summary>
/// <param name="From">UTC ticks, inside.</param>
/// <param name="To">UTC ticks, outside.</param>
/// <param name="Rate">Litres per hour, watts, or 1.</param>
internal readonly record struct Use(long From, long To, double Rate)
{
    /// <summary>The rate's mean over a span.</summary>
    public static double Mean(IReadOnlyList<Use> uses, long from, long to)
    {
        var sum = 0.0;
        for (var i = 0; i < uses.Count; i++)
        {
            var overlap = Math.Min(uses[i].To, to) - Math.Max(uses[i].From, from);
            sum += overlap > 0 ? uses[i].Rate * overlap : 0;
        }

        return sum / (to - from);
    }
}
