using System.Text.Json;
using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>The ledger's words in files, addresses and JSON: those of the site file.</summary>
public static class UnitWords
{
    public static readonly IReadOnlyList<string> Occupancies = [.. Enum.GetValues<Occupancy>().Select(Of)];

    public static string Of(Occupancy occupancy) => JsonNamingPolicy.CamelCase.ConvertName(occupancy.ToString());

    /// <summary>A kind of refusal as a word: <c>already-so</c>.</summary>
    public static string Of(UnitFault fault) => JsonNamingPolicy.KebabCaseLower.ConvertName(fault.ToString());

    /// <summary>Null for no such word.</summary>
    public static Occupancy? Read(string? word) =>
        Enum.GetValues<Occupancy>().Cast<Occupancy?>().FirstOrDefault(
            one => Of(one!.Value).Equals(word, StringComparison.OrdinalIgnoreCase));
}
