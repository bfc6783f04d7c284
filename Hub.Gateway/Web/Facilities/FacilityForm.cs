using System.Globalization;
using Hub.Gateway.Facilities;

namespace Hub.Gateway.Web.Facilities;

/// <summary>Posted forms as what people write down. Pure; what can't be read gives nothing.</summary>
public static class FacilityForm
{
    public static FacilityLine Card(string id, IFormCollection form) => new FacilityBodies.Facility(
        form["name"], form["building"], form["entrance"], Number(form["floor"]), form["type"], form["location"],
        form["maker"], form["model"], form["serial"], Day(form["inservice"]), Day(form["inspection"]), form["vendor"])
        .Line(id);

    public static MaintenancePlan? Plan(string facility, IFormCollection form, DateOnly today) =>
        new FacilityBodies.Plan(
            form["name"], form["count"].ToString().Length > 0 ? $"{form["count"]} {form["unit"]}" : null,
            Number(form["hours"]), form["anchor"], Day(form["from"]), Number(form["lead"]), form["checklist"],
            form["audience"], form["vendor"])
        .Read(facility, form["plan"].ToString().Trim(), today);

    /// <summary>A plan as it was typed, whatever is wrong with it.</summary>
    public static PlanAnswer Typed(IFormCollection form, DateOnly today) => new(
        Text(form, "plan"), Number(form["version"]) ?? 0, Text(form, "name"), $"{form["count"]} {form["unit"]}",
        Number(form["hours"]), Text(form, "anchor"), Day(form["from"]) ?? today, Number(form["lead"]) ?? 0,
        Text(form, "checklist"), Text(form, "audience"), Text(form, "vendor"), DueOn: null, Ran: null, Overdue: false,
        Skipped: 0, Order: null, DoneAt: null);

    public static Vendor Vendor(IFormCollection form) => new FacilityBodies.Vendor(
        form["name"], form["trade"], form["phone"], Day(form["until"]), form["hours"])
        .Read(form["vendor"].ToString().Trim());

    private static string Text(IFormCollection form, string field) => form[field].ToString();

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
