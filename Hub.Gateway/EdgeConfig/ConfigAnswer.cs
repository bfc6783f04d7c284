using System.Text.Json;

namespace Hub.Gateway.EdgeConfig;

/// <summary>What the API tells of an edge's configuration.</summary>
/// <param name="Edge">Which.</param>
/// <param name="State">none, in-force, refused, waiting or away.</param>
/// <param name="Wanted">The version that is wanted; null for none.</param>
/// <param name="Since">Since when, or since when nothing is wanted any more.</param>
/// <param name="By">Who has said so.</param>
/// <param name="Reported">The version that the edge runs with, by its last word; null if it has never said.</param>
/// <param name="ReportedAt">Since when it says so.</param>
/// <param name="Online">Whether it is there.</param>
/// <param name="Faults">Why it refuses what is wanted, in its own words.</param>
/// <param name="Config">What is wanted; null for nothing.</param>
public sealed record ConfigAnswer(
    string Edge, string State, string? Wanted, DateTimeOffset? Since, string? By, string? Reported,
    DateTimeOffset? ReportedAt, bool Online, IReadOnlyList<string> Faults, JsonElement? Config)
{
    public static ConfigAnswer Of(string edge, ConfigLook look)
    {
        var wanted = look.Wanted is { IsTakenBack: false } one ? one : null;
        return new ConfigAnswer(
            edge, look.Word, wanted?.Version, look.Wanted?.At, look.Wanted?.By, look.Reported, look.ReportedAt,
            look.IsOnline, look.Faults, wanted is null ? null : JsonSerializer.Deserialize<JsonElement>(wanted.Text));
    }
}
