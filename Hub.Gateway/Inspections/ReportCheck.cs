using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Inspections;

/// <summary>Everything that is wrong with a report, said at once. Pure.</summary>
public static class ReportCheck
{
    private const int HashChars = 64;

    /// <param name="report">Made whole.</param>
    /// <param name="site">As it is.</param>
    /// <param name="now">When it came.</param>
    /// <param name="policy">The limits.</param>
    public static IReadOnlyList<string> Faults(
        InspectionReport report, SiteSnapshot site, DateTimeOffset now, InspectionPolicy policy)
    {
        var faults = new List<string>();
        if (site.Spaces.GetValueOrDefault(report.Unit) is not { Kind: SpaceKind.Unit })
        {
            faults.Add($"unit: there is no unit {report.Unit}");
        }

        if (report.At > now + policy.AheadMax || report.At < now - policy.LateMax)
        {
            faults.Add($"at: not after now, and not more than {policy.LateMax.Days} days ago");
        }

        if (report.Remark.Length > InspectionPolicy.TextCharsMax)
        {
            faults.Add($"remark: at most {InspectionPolicy.TextCharsMax} characters");
        }

        faults.AddRange(Answers(report.Answers));
        faults.AddRange(Registers(report, site));
        faults.AddRange(Photos(report.Photos, policy));
        return faults;
    }

    public static bool IsHash(string? text) =>
        text?.Length == HashChars && text.All(c => char.IsAsciiHexDigitLower(c) || char.IsAsciiDigit(c));

    private static IEnumerable<string> Answers(IReadOnlyList<CheckAnswer> answers)
    {
        foreach (var item in Checklist.Items.Where(item => answers.Count(answer => answer.Item == item) != 1))
        {
            yield return $"answers: {item} has to be answered once";
        }

        foreach (var answer in answers)
        {
            if (!Checklist.Items.Contains(answer.Item) || !Checklist.Results.Contains(answer.Result))
            {
                yield return $"answers: {answer.Item} is {answer.Result}; the results of the ten items are "
                    + string.Join(", ", Checklist.Results);
            }

            if (answer.Result == Checklist.Fail && (!Checklist.Categories.Contains(answer.Category ?? "")
                || string.IsNullOrWhiteSpace(answer.Words) || answer.Words.Length > InspectionPolicy.TextCharsMax))
            {
                yield return $"answers: say what is wrong with {answer.Item}, and whether it is "
                    + string.Join(", ", Checklist.Categories);
            }
        }
    }

    private static IEnumerable<string> Registers(InspectionReport report, SiteSnapshot site)
    {
        var registers = report.Registers;
        if (registers.Count > InspectionPolicy.RegistersMax
            || registers.DistinctBy(register => register.Point).Count() != registers.Count)
        {
            yield return $"registers: each once, at most {InspectionPolicy.RegistersMax}";
        }

        foreach (var register in registers)
        {
            if (site.Find(new PointNumber(register.Point)) is not { } point || point.SpaceId != report.Unit
                || Signal.Of(point.Signal) is not { Kind: SignalKind.Register } signal)
            {
                yield return $"registers: {register.Point} is no meter of {report.Unit}";
            }
            else if (!signal.IsPossible(register.Value) || register.Value >= point.Meter?.RolloverAt)
            {
                yield return $"registers: {register.Point} can't show {register.Value}";
            }
        }
    }

    private static IEnumerable<string> Photos(IReadOnlyList<PhotoNote> photos, InspectionPolicy policy)
    {
        if (photos.Count > policy.PhotosMax || photos.DistinctBy(photo => photo.Sha256).Count() != photos.Count)
        {
            yield return $"photos: each once, at most {policy.PhotosMax}";
        }

        foreach (var photo in photos)
        {
            if (!IsHash(photo.Sha256) || photo.Bytes < 1 || photo.Bytes > policy.PhotoBytesMax
                || (photo.Item is { } item && !Checklist.Items.Contains(item)))
            {
                yield return $"photos: {photo.Sha256} needs its SHA-256 in lower case and 1 to "
                    + $"{policy.PhotoBytesMax} bytes; its item is one of the ten, or none";
            }
        }
    }
}
