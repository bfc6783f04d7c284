using Hub.Gateway.Inspections;

namespace Hub.Gateway.Tests.Inspections;

/// <summary>Reports that do, to be changed where a test wants it.</summary>
internal static class InspectionReports
{
    public static InspectionReport Of(string round, string unit, DateTimeOffset at, params CheckAnswer[] failed) => new(
        round, unit, at,
        [
            .. Checklist.Items.Select(item => failed.FirstOrDefault(answer => answer.Item == item)
                ?? new CheckAnswer(item, Checklist.Pass)),
        ],
        [], []);
}
