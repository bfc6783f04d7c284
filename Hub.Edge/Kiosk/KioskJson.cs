using System.Text.Json.Serialization;

namespace Hub.Edge.Kiosk;

/// <summary>The kiosk's JSON, generated: the edge starts without reflection, and can be trimmed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KioskPieces))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>), TypeInfoPropertyName = "Texts")]
internal sealed partial class KioskJson : JsonSerializerContext;
