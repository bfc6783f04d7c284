using System.Globalization;
using Hub.Proof.Tests;

[assembly: AssemblyFixture(typeof(ProofTable))]

namespace Hub.Proof.Tests;

/// <summary>What the run has proven, as a table at its end: each test writes its line.</summary>
public sealed class ProofTable : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly List<(string Test, string Cases, long Lost, long Doubled, long Undetected)> Lines = [];

    /// <param name="test">What was done.</param>
    /// <param name="cases">How often, and how much passed through it.</param>
    /// <param name="lost">What was acknowledged or kept, and is gone.</param>
    /// <param name="doubled">What is there more than once.</param>
    /// <param name="undetected">Bugs put back that no check has seen.</param>
    public static void Write(string test, FormattableString cases, long lost, long doubled, long undetected = 0)
    {
        lock (Gate)
        {
            Lines.Add((test, cases.ToString(CultureInfo.InvariantCulture), lost, doubled, undetected));
        }
    }

    public void Dispose()
    {
        if (Lines.Count == 0)
        {
            return;
        }

        Console.WriteLine("| test | cases | lost | doubled | undetected |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (test, cases, lost, doubled, undetected) in Lines.OrderBy(line => line.Test, StringComparer.Ordinal))
        {
            Console.WriteLine($"| {test} | {cases} | {lost} | {doubled} | {undetected} |");
        }
    }
}
