using System.Globalization;

namespace Hub.Bench;

/// <summary>One line of a bench's table: what was measured, what was to be reached, and whether it was.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">With its unit.</param>
/// <param name="Goal">With its unit.</param>
internal sealed record Figure(string What, string Value, string Goal, bool Holds)
{
    public static Figure AtLeast(string what, double value, double goal, string unit) =>
        new(what, Say(value, unit), $"at least {Say(goal, unit)}", value >= goal);

    public static Figure AtMost(string what, double value, double goal, string unit) =>
        new(what, Say(value, unit), $"at most {Say(goal, unit)}", value <= goal);

    /// <summary>Prints them; the exit code says whether all hold.</summary>
    public static int Show(IReadOnlyList<Figure> figures)
    {
        foreach (var figure in figures)
        {
            Console.WriteLine($"  {figure.What,-62} {figure.Value,16}   {figure.Goal,-24} {(figure.Holds ? "holds" : "NOT REACHED")}");
        }

        return figures.All(figure => figure.Holds) ? 0 : 1;
    }

    private static string Say(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.ToString(value >= 1_000 ? "N0" : "N2", CultureInfo.InvariantCulture)} {unit}");
}
