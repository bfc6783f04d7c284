using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Rules.Packs;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Packs;

/// <summary>The schema files beside the code are made by the code. To renew them, run with HUB_WRITE_SCHEMAS=1.</summary>
public class PublishedSchemaTests
{
    [Fact]
    public void The_rule_packs_schema_is_up_to_date() => Same("Packs", PackSchema.FileName, PackSchema.Json());

    [Fact]
    public void The_site_files_schema_is_up_to_date() => Same("Site", SiteSchema.FileName, SiteSchema.Json());

    [Fact]
    public void Every_detector_and_setting_is_in_the_schema()
    {
        var json = PackSchema.Json();

        Assert.All(DetectorCatalogue.All, spec =>
        {
            Assert.Contains($"\"const\": \"{spec.Code}\"", json, StringComparison.Ordinal);
            Assert.All(spec.Parameters, set => Assert.Contains($"\"{set.Name}\":", json, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_flows_pattern_takes_what_the_reader_takes()
    {
        using var schema = JsonDocument.Parse(PackSchema.Json());
        var pattern = schema.RootElement.GetProperty("properties").GetProperty("rules").GetProperty("items")
            .GetProperty("allOf").EnumerateArray()
            .Select(rule => rule.GetProperty("then").GetProperty("properties").GetProperty("parameters").GetProperty("properties"))
            .First(settings => settings.TryGetProperty("min-flow", out _))
            .GetProperty("min-flow").GetProperty("pattern").GetString()!;

        Assert.Matches(new Regex(pattern), "3.8 L/h");
        Assert.Matches(new Regex(pattern), "1m3/h");
        Assert.DoesNotMatch(new Regex(pattern), "3.8 kWh");
        Assert.DoesNotMatch(new Regex(pattern), "3.8");
    }

    private static void Same(string room, string name, string json)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BuildingHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("BuildingHub.sln was not found above the tests.");
        }

        var path = Path.Combine(folder.FullName, "Hub.Rules", room, name);
        if (Environment.GetEnvironmentVariable("HUB_WRITE_SCHEMAS") == "1")
        {
            File.WriteAllText(path, json);
        }

        Assert.Equal(json, File.ReadAllText(path));
    }
}
