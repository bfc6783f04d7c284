using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hub.Gateway.Facilities;

/// <summary>A file of facilities held against the register. Pure.</summary>
/// <param name="Added">Facilities that the site does not know.</param>
/// <param name="Changed">Those of which the file says something else.</param>
/// <param name="Missing">Those that the file does not mention: nothing happens to them.</param>
/// <param name="Same">How many are as the file says.</param>
public sealed record FacilityDiff(
    IReadOnlyList<FacilityLine> Added, IReadOnlyList<FacilityChange> Changed, IReadOnlyList<Facility> Missing, int Same)
{
    /// <summary>The same for the same differences: whoever applies what was shown sends it along.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new
        {
            Added,
            Changed = Changed.Select(change => new { Before = change.Before.Card, After = change.Line.Card }),
        }))))[..16];

    public static FacilityDiff Of(IReadOnlyList<Facility> register, IReadOnlyList<FacilityLine> lines)
    {
        var known = register.ToDictionary(facility => facility.Space.Id, StringComparer.Ordinal);
        var named = lines.Select(line => line.Card.Id).ToHashSet(StringComparer.Ordinal);
        List<FacilityChange> changed =
        [
            .. lines.Where(line => known.GetValueOrDefault(line.Card.Id) is { } before && before.Card != line.Card)
                .Select(line => new FacilityChange(known[line.Card.Id], line)),
        ];
        List<FacilityLine> added = [.. lines.Where(line => !known.ContainsKey(line.Card.Id))];
        return new FacilityDiff(
            added, changed, [.. register.Where(facility => !named.Contains(facility.Space.Id))],
            lines.Count - added.Count - changed.Count);
    }
}
