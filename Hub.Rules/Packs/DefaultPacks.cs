using System.Reflection;

namespace Hub.Rules.Packs;

/// <summary>The packs a hub starts with, embedded as the YAML files in <c>Default/</c>.</summary>
public static class DefaultPacks
{
    private const string Prefix = "Hub.Rules.Packs.Default.";

    private static readonly IReadOnlyDictionary<string, (RulePack Pack, string Yaml)> Files = ReadAll();

    /// <summary>The packs, by id.</summary>
    public static IReadOnlyList<RulePack> All { get; } = [.. Files.Values.Select(file => file.Pack)];

    /// <summary>A pack's whole text, to be journalled, shown, or begun from.</summary>
    public static string YamlOf(string packId) => Files[packId].Yaml;

    /// <summary>The pack's trials, to be run or learnt from; empty for a pack that has none.</summary>
    public static string TrialsOf(string packId)
    {
        var assembly = typeof(DefaultPacks).Assembly;
        var name = $"Hub.Rules.Packs.Trials.{packId}";
        return assembly.GetManifestResourceInfo(name) is null ? "" : TextOf(assembly, name);
    }

    private static SortedDictionary<string, (RulePack, string)> ReadAll()
    {
        var files = new SortedDictionary<string, (RulePack, string)>(StringComparer.Ordinal);
        var assembly = typeof(DefaultPacks).Assembly;
        var names = assembly.GetManifestResourceNames();
        foreach (var name in names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var yaml = TextOf(assembly, name);
            var read = RulePackFile.Read(name[Prefix.Length..], yaml);

            // They are part of the program: a fault in one is ours, and a test reads them all.
            var pack = read.Value ?? throw new InvalidOperationException(read.ToString());
            files.Add(pack.Id, (pack, yaml));
        }

        return files;
    }

    private static string TextOf(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
