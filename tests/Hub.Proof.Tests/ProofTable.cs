using System.Globalization;
using Hub.Proof.Tests;

[assembly: AssemblyFixture(typeof(ProofTable))]

namespace Hub.Proof.Tests;

/// <summary>What the run has proven, as a table at its end: each test adds to its row, before it asserts.</summary>
public sealed class ProofTable : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly List<(string Test, Toll Toll, (string Of, long Count)[] Cases)> Lines = [];

    /// <param name="test">What was done; what has the same name is one row, and its counts are added up.</param>
    /// <param name="cases">How often, and how much passed through it.</param>
    internal static void Write(string test, Toll toll, params (string Of, long Count)[] cases)
    {
        lock (Gate)
        {
            Lines.Add((test, toll, cases));
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
        foreach (var row in Lines.GroupBy(line => line.Test).OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            var cases = row.SelectMany(line => line.Cases).GroupBy(each => each.Of)
                .Select(of => string.Create(CultureInfo.InvariantCulture, $"{of.Sum(each => each.Count):N0} {of.Key}"));
            var toll = row.Select(line => line.Toll).Aggregate((sum, each) => sum + each);
            Console.WriteLine(
                $"| {row.Key} | {string.Join(", ", cases)} | {toll.Lost} | {toll.Doubled} | {toll.Undetected?.ToString(CultureInfo.InvariantCulture) ?? "–"} |");
        }
    }
}
