using System.Text.Json;
using Hub.Rules.Files;

namespace Hub.Gateway.EdgeConfig;

/// <summary>
/// What can be said of a configuration without the edge: that it can be read, names itself, has the fields there are,
/// and tells no password. Whether its lines are there, and its points good, only the edge knows. Pure.
/// </summary>
internal static class ConfigCheck
{
    private const string Password = "password";
    private static readonly string[] Lists = ["lines", "sensors", "modbus"];
    private static readonly string[] Maps = ["intervals", "localMqtt"];

    /// <summary>Its version, or every fault.</summary>
    /// <param name="file">What the faults call it.</param>
    /// <param name="text">What is to be sent.</param>
    /// <param name="options">The limits.</param>
    /// <param name="taken">
    /// Versions that it can't have: an edge takes no other configuration under one that it runs with.
    /// </param>
    public static Checked<string> Read(
        string file, string text, EdgeConfigOptions options, IReadOnlyCollection<string> taken)
    {
        var faults = new FaultList(file);
        var version = "";
        if (IsObject(text, faults) && YamlText.Read(text, faults) is Written.Map root)
        {
            NotePasswords(root, "", faults);
            // A password is told of once, and its value not at all.
            var rest = root with { Entries = [.. root.Entries.Where(one => !IsPassword(one.Key))] };
            var map = new MapReader(rest, "", faults);
            version = VersionOf(map, options, taken);
            foreach (var list in Lists)
            {
                _ = map.Maps(list, YamlText.NodesMax).Count();
            }

            foreach (var one in Maps)
            {
                _ = map.Map(one);
            }

            map.Done();
        }

        return faults.Check(() => version);
    }

    private static bool IsObject(string text, FaultList faults)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return true;
            }

            faults.Add(1, "", "", "it must be an object of fields", "begin with {\"version\":\"1\"");
        }
        catch (JsonException e)
        {
            faults.Add((int)(e.LineNumber ?? 0) + 1, "", "", $"this is not JSON ({e.Message.TrimEnd('.')})");
        }

        return false;
    }

    private static string VersionOf(MapReader map, EdgeConfigOptions options, IReadOnlyCollection<string> taken)
    {
        var version = map.Text("version", required: true, options.VersionCharactersMax) ?? "";
        if (!version.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            map.Refuse("version", "it may have letters a-z, digits, '-', '_' and '.'", "number the configurations");
        }
        else if (taken.Contains(version))
        {
            map.Refuse(
                "version", "it must be another than that of what is wanted or in force now", "count it up");
        }

        return version;
    }

    private static void NotePasswords(Written written, string path, FaultList faults)
    {
        switch (written)
        {
            case Written.Map map:
                foreach (var (key, line, value) in map.Entries)
                {
                    var place = path.Length == 0 ? key : $"{path}.{key}";
                    if (IsPassword(key))
                    {
                        faults.Add(
                            line, place, "***", "no password is sent: everybody who may read the topic could read it",
                            "put it into a file in the edge's secrets folder, and send its name as passwordFile");
                    }

                    NotePasswords(value, place, faults);
                }

                break;
            case Written.List list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    NotePasswords(list.Items[i], $"{path}[{i}]", faults);
                }

                break;
            default:
                break;
        }
    }

    private static bool IsPassword(string key) => key.Equals(Password, StringComparison.OrdinalIgnoreCase);
}
