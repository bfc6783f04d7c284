using System.Text.Json.Serialization;

namespace Hub.Edge.Update;

/// <summary>What is signed of an update: which version it is, and what its files are.</summary>
/// <param name="Version">Such as <c>1.4.0</c>; the folder's name too.</param>
/// <param name="Made">The day it was made.</param>
/// <param name="Bytes">Of the packed files.</param>
/// <param name="Sha256">Of the packed files, in hexadecimal digits.</param>
public sealed record UpdateHeader(string Version, DateOnly Made, long Bytes, string Sha256);

[JsonSerializable(typeof(UpdateHeader))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class UpdateJson : JsonSerializerContext;
