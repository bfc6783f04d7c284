using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>
/// Messages of real devices, with where they come from and their licence, and what each must become. One line a reading
/// (<c>device signal = value unit @ time</c>), card or other consequence.
/// </summary>
internal sealed record SampleFile(
    string Kind, string Topic, string Source, string Licence, IReadOnlyList<SampleMessage> Messages)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Adapters", "Samples");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal);

    public static SampleFile Read(string name) =>
        JsonSerializer.Deserialize<SampleFile>(File.ReadAllBytes(Path.Combine(Folder, $"{name}.json")), Options)!;
}
