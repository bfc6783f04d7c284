namespace Hub.Gateway.Roster;

/// <summary>What one shift leaves to the next, signed by both.</summary>
/// <param name="Id">Rises by one.</param>
/// <param name="Grid">Where.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Words">What the next one has to know.</param>
/// <param name="TakenBy">Who has read it and taken over; null for nobody yet.</param>
/// <param name="TakenAt">When that was.</param>
public sealed record Handover(
    long Id, string Grid, string By, DateTimeOffset At, string Words, string? TakenBy, DateTimeOffset? TakenAt);
