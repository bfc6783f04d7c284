namespace Hub.Gateway.Inspections;

/// <summary>One meter of a unit, with what its dial should show.</summary>
/// <param name="Expected">By what the hub has counted since the dial was read; else the hub's own register.</param>
public sealed record RegisterAnswer(int Point, string Signal, string Unit, string Serial, double? Expected);

/// <summary>One unit of a round, with all that is needed there without a network.</summary>
/// <param name="Inspections">Those that have come for it in this round.</param>
public sealed record StopAnswer(
    string Unit, string Name, string Entrance, int? Floor, string State, DateTimeOffset? LastAt,
    IReadOnlyList<RegisterAnswer> Registers, IReadOnlyList<string> Inspections);

/// <summary>A round in a list.</summary>
public sealed record RoundSummary(string Id, DateTimeOffset BegunAt, string By, int Stops, int Done);

/// <summary>A round to be taken along.</summary>
public sealed record RoundAnswer(
    RoundSummary Round, IReadOnlyList<string> Items, IReadOnlyList<string> Categories, IReadOnlyList<StopAnswer> Stops);

/// <summary>A photo and how much of it has come.</summary>
public sealed record PhotoStanding(string Sha256, long Bytes, long Offset, string? Item);

/// <summary>One inspection with all that has come of it.</summary>
public sealed record InspectionAnswer(
    string Id, string By, DateTimeOffset NotedAt, InspectionReport Report, bool IsPassed, bool IsSampled,
    SampleResult? Sample, IReadOnlyList<PhotoStanding> Photos, IReadOnlyList<Finding> Findings);

/// <summary>What a client sends when somebody has looked again, or quality has.</summary>
/// <param name="Good">It is as it should be; quality agrees.</param>
public sealed record VerdictBody(bool Good, string? Words);
