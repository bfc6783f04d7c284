using System.Globalization;
using Hub.Gateway.Words;

namespace Hub.Gateway.Facilities;

/// <summary>What a plan's order says, in the site's language: an order keeps its words.</summary>
internal static class PlanWords
{
    public static string Of(PlanStatus status, Vendor? vendor, string language)
    {
        var texts = Texts.In(language);
        var plan = status.Plan;
        string?[] lines =
        [
            plan.Name,
            status.DueOn is { } due ? texts["maintenance.due", $"{due:yyyy-MM-dd}"] : null,
            (plan.Hours, status.Ran) is ({ } limit, { } ran)
                ? texts["maintenance.hours", Math.Floor(ran.TotalHours).ToString(CultureInfo.InvariantCulture), limit]
                : null,
            vendor is null ? null : texts["maintenance.vendor", $"{vendor.Name} {vendor.Phone}".Trim()],
            plan.Checklist.Length > 0 ? plan.Checklist : null,
        ];
        return string.Join('\n', lines.OfType<string>());
    }
}
