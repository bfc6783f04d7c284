using Hub.Rules.Files;
using Hub.Rules.Packs;

namespace Hub.Rules.Trials;

/// <summary>
/// A pack's trials as a caretaker reads and writes them: what happens in a home, line by line, and what the rules must
/// say to it. README.md beside this file has the format.
/// </summary>
/// <param name="Trials">The trials, each with a site and a clock of its own.</param>
public sealed record TrialFile(IReadOnlyList<Trial> Trials)
{
    public const int TrialsMax = 500;
    public const int LinesMax = 20_000;

    /// <summary>Readings that one file may ask for, ranges written out.</summary>
    public const int ReadingsMax = 500_000;

    /// <summary>The trials, or every fault of the file at once.</summary>
    /// <param name="fileName">Only for the faults.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="pack">The pack under trial: expectations name its rules.</param>
    public static Checked<TrialFile> Read(string fileName, string text, RulePack pack)
    {
        var faults = new FaultList(fileName);
        var reader = new TrialReader(faults, [.. pack.Rules.Select(rule => rule.Id)]);
        var lines = text.Split('\n');
        for (var i = 0; i < Math.Min(lines.Length, LinesMax); i++)
        {
            reader.Take(new TrialLine(i + 1, lines[i], faults));
        }

        if (lines.Length > LinesMax)
        {
            faults.Add(LinesMax, "", "", $"the file has {lines.Length} lines; at most {LinesMax} are read", "split it");
        }

        var trials = reader.End(lines.Length);
        return faults.Check(() => new TrialFile(trials));
    }
}
