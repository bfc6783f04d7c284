using System.Text.Json;

namespace Hub.Gateway.Inspections;

/// <summary>One inspection as the hub has it.</summary>
/// <param name="Id">Made by the phone.</param>
/// <param name="Report">As it came.</param>
/// <param name="NotedAt">When it came.</param>
/// <param name="By">Who was there.</param>
/// <param name="IsSampled">Quality is to look at it again.</param>
/// <param name="Sample">What quality found; null before.</param>
public sealed record Inspection(
    string Id, InspectionReport Report, DateTimeOffset NotedAt, string By, bool IsSampled, SampleResult? Sample)
{
    public bool IsPassed => Report.Answers.All(answer => answer.Result != Checklist.Fail);

    internal static Inspection Of(InspectionRow row) => new(
        row.Id, InspectionJson.Read<InspectionReport>(row.Body), new DateTimeOffset(row.NotedTicks, TimeSpan.Zero),
        row.By, row.IsSampled, row.Sample is { } sample ? InspectionJson.Read<SampleResult>(sample) : null);
}

/// <summary>What quality says to an inspection that it has looked at again.</summary>
public sealed record SampleResult(bool Agrees, string Words, string By, DateTimeOffset At);

/// <summary>A person has looked again at what was found.</summary>
public sealed record Recheck(bool IsGood, string Words, string By, DateTimeOffset At);

/// <summary>Something that is not as it should be, with all that has been done about it on one record.</summary>
/// <param name="Order">The order; null for a moment, before it is raised.</param>
public sealed record Finding(
    long Id, string Inspection, string Unit, string Item, string Category, string Words, DateTimeOffset FoundAt,
    long? Order, bool IsOpen, IReadOnlyList<Recheck> Rechecks)
{
    /// <summary>With the unit, what its one open order is about.</summary>
    public string Symptom => $"inspection.{Item}";

    internal static Finding Of(FindingRow row) => new(
        row.Id, row.InspectionId, row.SpaceId, row.Item, row.Category, row.Words,
        new DateTimeOffset(row.FoundTicks, TimeSpan.Zero), row.OrderId, row.IsOpen,
        InspectionJson.Read<List<Recheck>>(row.Rechecks));
}

/// <summary>A round: which units, in which order.</summary>
public sealed record Round(string Id, DateTimeOffset BegunAt, string By, IReadOnlyList<string> Stops)
{
    internal static Round Of(RoundRow row) => new(
        row.Id, new DateTimeOffset(row.BegunTicks, TimeSpan.Zero), row.By,
        row.Stops.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>How an inspection's parts are kept.</summary>
internal static class InspectionJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)
        ?? throw new JsonException("An inspection's part can't be null.");
}
