using Hub.Rules.Packs;

namespace Hub.Rules.Engine;

/// <summary>Reads the text of a pack that an entry activates.</summary>
internal static class RuleTexts
{
    /// <summary>The pack, or null if the text has faults: then the running pack stays in place.</summary>
    public static RulePack? Read(string packId, string text)
    {
        var read = RulePackFile.Read(packId, text);
        return read.Faults.Count == 0 ? read.Value : null;
    }
}
