using System.Globalization;
using System.Security.Cryptography;
using Hub.Gateway.Inspections;

namespace Hub.Gateway.Web.Rounds;

/// <summary>A posted form as a report. Fields: <c>a-ITEM</c>, <c>c-ITEM</c>, <c>w-ITEM</c>, <c>r-POINT</c>.</summary>
public static class InspectForm
{
    /// <summary>The report, and its photos' bytes by their hashes.</summary>
    public static async Task<(InspectionReport Report, IReadOnlyDictionary<string, byte[]> Photos)> ReadAsync(
        string round, string unit, DateTimeOffset at, IFormCollection form, CancellationToken cancel)
    {
        var photos = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in form.Files.GetFiles("photos").Where(file => file.Length > 0))
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancel);
            photos[Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))] = bytes.ToArray();
        }

        var report = new InspectionReport(
            round, unit, at, [.. Checklist.Items.Select(item => Answer(item, form))], [.. Dials(form)],
            [.. photos.Select(photo => new PhotoNote(photo.Key, photo.Value.Length))], form["remark"].ToString());
        return (report, photos);
    }

    private static CheckAnswer Answer(string item, IFormCollection form)
    {
        var result = form[$"a-{item}"].ToString();
        return result == Checklist.Fail
            ? new CheckAnswer(item, result, form[$"c-{item}"].ToString(), form[$"w-{item}"].ToString())
            : new CheckAnswer(item, result);
    }

    /// <summary>A dial that was not read is left out; what is no number is refused as none that it can show.</summary>
    private static IEnumerable<DialReading> Dials(IFormCollection form) =>
        from field in form
        where field.Key.StartsWith("r-", StringComparison.Ordinal) && field.Value.ToString().Trim().Length > 0
        let point = int.TryParse(field.Key.AsSpan(2), CultureInfo.InvariantCulture, out var number) ? number : 0
        select new DialReading(
            point,
            double.TryParse(
                field.Value.ToString().Trim().Replace(',', '.'), CultureInfo.InvariantCulture, out var value)
                ? value
                : double.NaN);
}
