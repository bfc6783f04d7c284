namespace Hub.Gateway.Inspections;

/// <summary>One item of the checklist.</summary>
/// <param name="Item">One of <see cref="Checklist.Items"/>.</param>
/// <param name="Result">pass, fail or na.</param>
/// <param name="Category">With fail: cleaning, repair, quality or device.</param>
/// <param name="Words">With fail: what is wrong.</param>
public sealed record CheckAnswer(string Item, string Result, string? Category = null, string? Words = null);

/// <summary>A register as it stands on the meter's dial, in the signal's own unit.</summary>
public sealed record DialReading(int Point, double Value);

/// <summary>A photo that is to follow.</summary>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal: its name from then on.</param>
/// <param name="Bytes">How many.</param>
/// <param name="Item">Which item it shows; null for the unit as a whole.</param>
public sealed record PhotoNote(string Sha256, long Bytes, string? Item = null);

/// <summary>What one person has seen in one unit, as a phone sends it: whole, and the same however often.</summary>
/// <param name="Round">The round it belongs to.</param>
/// <param name="Unit">Where.</param>
/// <param name="At">When, by the phone.</param>
/// <param name="Answers">The ten items.</param>
/// <param name="Registers">The dials that were read.</param>
/// <param name="Photos">Those that follow.</param>
/// <param name="Remark">May be empty.</param>
public sealed record InspectionReport(
    string Round, string Unit, DateTimeOffset At, IReadOnlyList<CheckAnswer> Answers,
    IReadOnlyList<DialReading> Registers, IReadOnlyList<PhotoNote> Photos, string Remark = "")
{
    /// <summary>The same with what was left out as nothing: what comes over a wire need not be whole.</summary>
    public InspectionReport Whole() => new(
        Round ?? "", Unit ?? "", At.ToUniversalTime(), [.. (Answers ?? []).OfType<CheckAnswer>()],
        [.. (Registers ?? []).OfType<DialReading>()], [.. (Photos ?? []).OfType<PhotoNote>()], Remark ?? "");
}
