using Hub.Rules.Files;

namespace Hub.Rules.Packs;

/// <summary>A rule pack as people write it; README.md beside this file has the format.</summary>
public static class RulePackFile
{
    /// <summary>The pack's id as written, whatever else is wrong with its text; null without one.</summary>
    public static string? IdOf(string text) =>
        YamlText.Read(text, new FaultList("")) is Written.Map root
            && root.Entries.FirstOrDefault(entry => entry.Key == "id").Value is Written.Scalar id
            ? id.Text
            : null;

    /// <summary>The pack, or every fault of the file at once.</summary>
    /// <param name="fileName">Only for the faults.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="around">
    /// What it has to fit if it is to be activated; null for a text that has been activated once and is read again.
    /// </param>
    public static Checked<RulePack> Read(string fileName, string text, PackSurroundings? around = null)
    {
        var faults = new FaultList(fileName);
        return YamlText.Read(text, faults) is { } root
            ? new RulePackReader(faults, around).Read(root)
            : faults.Check(() => new RulePack("", 0, []));
    }
}
