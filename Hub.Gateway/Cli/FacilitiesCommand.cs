using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>facilities</c>: the register of a running hub, and its maintenance plans.</summary>
public static class FacilitiesCommand
{
    public static Command Create() => new("facilities", "Pumps, lifts, tanks: what there is, and when it is due.")
    {
        List(), Show(), Put(), Plan(), EndPlan(), Import(), Export(),
    };

    private static Command List()
    {
        var type = Text("--type", "Those of one type: pump-house, lift, tank …");
        var vendor = Text("--vendor", "Those that a vendor is in charge of.");
        var overdue = new Option<bool>("--overdue") { Description = "Those with overdue plans." };
        var after = Text("--after", "Facilities after this one.");
        return HubClient.Set(
            new Command("list", "Facilities by id.") { type, vendor, overdue, after },
            (client, words, cancel) => client.GetAsync(
                "api/v1/facilities?limit=200" + Asked("type", words.GetValue(type))
                + Asked("vendor", words.GetValue(vendor)) + Asked("after", words.GetValue(after))
                + (words.GetValue(overdue) ? "&overdue=true" : ""),
                page => Table.Of(
                [
                    ["FACILITY", "NAME", "TYPE", "VENDOR", "HOURS", "NEXT", "ORDERS"],
                    .. page.GetProperty("items").EnumerateArray().Select(Row),
                ]).Concat(page.GetProperty("next").ValueKind == JsonValueKind.Null
                    ? []
                    : [$"More with --after {AccessCall.Text(page, "next")}."]),
                cancel));
    }

    private static Command Show() => Of("show", "One facility with its plans.", (client, id, _, cancel) =>
        client.GetAsync($"api/v1/facilities/{id}", Lines, cancel));

    private static Command Put()
    {
        Option<string?>[] texts =
        [
            Text("--name", "Its name, for one that the site doesn't know yet."), Text("--building", "Its building."),
            Text("--type", "pump-house, lift, tank, lighting …"), Text("--location", "Where exactly."),
            Text("--maker", "Who has built it."), Text("--model", "As on its plate."),
            Text("--serial", "As on its plate."), Text("--vendor", "The id of the vendor in charge."),
        ];
        var inService = Day("--in-service", "Since when it is in service.");
        var inspection = Day("--inspection", "By when the next statutory inspection has to be.");
        return Of(
            "put", "Writes a facility's whole card; what is left out becomes empty.",
            (client, id, words, cancel) =>
            {
                var body = texts.ToDictionary(one => one.Name[2..], one => (object?)words.GetValue(one));
                body["inServiceOn"] = words.GetValue(inService);
                body["inspectionDueOn"] = words.GetValue(inspection);
                return client.SendAsync(HttpMethod.Put, $"api/v1/facilities/{id}", body, Lines, cancel);
            },
            [.. texts, inService, inspection]);
    }

    private static Command Plan()
    {
        var plan = PlanArgument();
        Option<string?>[] texts =
        [
            Text("--name", "What is done."), Text("--every", "2 weeks, 3 months, 1 year …"),
            Text("--anchor", "due (if left out) or done: where the next date counts from."),
            Text("--checklist", "What to look at, line by line."),
            Text("--audience", "Whom the order is for: engineer (if left out), butler or chief."),
            Text("--vendor", "The id of whoever does it, if not the facility's own."),
        ];
        var hours = new Option<int?>("--hours") { Description = "After so many hours run.", HelpName = "HOURS" };
        var lead = new Option<int?>("--lead") { Description = "Days ahead of its date.", HelpName = "DAYS" };
        var from = Day("--from", "The day on which it was done last; today if left out.");
        var command = Of(
            "plan", "Writes a whole maintenance plan: by the calendar, by hours run, or by what is first.",
            (client, id, words, cancel) =>
            {
                var body = texts.ToDictionary(one => one.Name[2..], one => (object?)words.GetValue(one));
                body["hours"] = words.GetValue(hours);
                body["leadDays"] = words.GetValue(lead);
                body["from"] = words.GetValue(from);
                return client.SendAsync(
                    HttpMethod.Put, $"api/v1/facilities/{id}/plans/{Uri.EscapeDataString(words.GetValue(plan)!)}", body,
                    answer => Table.Of([PlanHead, PlanRow(answer)]), cancel);
            },
            [.. texts, hours, lead, from]);
        command.Arguments.Add(plan);
        return command;
    }

    private static Command EndPlan()
    {
        var plan = PlanArgument();
        var command = Of("end-plan", "No more orders come of a plan.", (client, id, words, cancel) =>
            client.SendAsync(
                HttpMethod.Delete, $"api/v1/facilities/{id}/plans/{Uri.EscapeDataString(words.GetValue(plan)!)}",
                new { }, _ => [], cancel));
        command.Arguments.Add(plan);
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "facility[,name,building,entrance,floor,type,location,maker,model,serial,inservice,"
                + "inspection,vendor].",
        };
        var apply = new Option<bool>("--apply") { Description = "Make the register what the file says." };
        return HubClient.Set(
            new Command("import", "Compares a table with the register: added, changed, missing.") { file, apply },
            (client, words, cancel) => client.SendFileAsync(
                $"api/v1/facilities/import?apply={(words.GetValue(apply) ? "true" : "false")}"
                    + $"&file={Uri.EscapeDataString(words.GetValue(file)!.Name)}",
                words.GetValue(file)!, "text/csv", Differences, cancel));
    }

    private static Command Export() => HubClient.Set(
        new Command("export", "The register as a table that can be imported again."),
        (client, _, cancel) => client.CopyAsync("api/v1/facilities/register.csv", cancel));

    private static IEnumerable<string> Differences(JsonElement diff)
    {
        foreach (var facility in diff.GetProperty("added").EnumerateArray())
        {
            yield return $"+ {facility.GetString()}";
        }

        foreach (var change in diff.GetProperty("changed").EnumerateArray())
        {
            yield return $"~ {AccessCall.Text(change, "facility")}: "
                + string.Join(", ", change.GetProperty("fields").EnumerateArray().Select(field =>
                    $"{AccessCall.Text(field, "field")} {AccessCall.Text(field, "before")} -> "
                    + AccessCall.Text(field, "after")));
        }

        foreach (var facility in diff.GetProperty("missing").EnumerateArray())
        {
            yield return $"? {facility.GetString()} is not in the file; it stays.";
        }

        yield return $"{diff.GetProperty("same").GetInt32()} the same. "
            + (diff.GetProperty("applied").GetBoolean() ? "Applied." : "Nothing changed; --apply does it.");
    }

    private static IEnumerable<string> Lines(JsonElement facility) => Table.Of(
    [
        ["FACILITY", "NAME", "TYPE", "VENDOR", "HOURS", "NEXT", "ORDERS"], Row(facility),
    ]).Append("").Concat(Table.Of([PlanHead, .. facility.GetProperty("plans").EnumerateArray().Select(PlanRow)]));

    private static string[] Row(JsonElement facility) =>
    [
        AccessCall.Text(facility, "id"), AccessCall.Text(facility, "name"), AccessCall.Text(facility, "type"),
        AccessCall.Text(facility, "vendor"), AccessCall.Text(facility, "hours"),
        facility.GetProperty("plans").EnumerateArray().Select(plan => AccessCall.Text(plan, "dueOn"))
            .Where(day => day.Length > 0).Order(StringComparer.Ordinal).FirstOrDefault() ?? "",
        string.Join(", ", facility.GetProperty("orders").EnumerateArray().Select(order => order.GetString())),
    ];

    private static readonly string[] PlanHead =
        ["PLAN", "WHAT", "EVERY", "HOURS", "RAN", "DUE", "OVERDUE", "SKIPPED", "ORDER", "DONE"];

    private static string[] PlanRow(JsonElement plan) =>
    [
        AccessCall.Text(plan, "id"), AccessCall.Text(plan, "name"), AccessCall.Text(plan, "every"),
        AccessCall.Text(plan, "hours"), AccessCall.Text(plan, "ran"), AccessCall.Text(plan, "dueOn"),
        plan.GetProperty("overdue").GetBoolean() ? "yes" : "", AccessCall.Text(plan, "skipped"),
        AccessCall.Text(plan, "order"), AccessCall.Text(plan, "doneAt"),
    ];

    private static Argument<string> PlanArgument() =>
        new("PLAN") { Description = "The plan's id, the facility's own: oil." };

    private static Command Of(
        string name, string description, Func<HubClient, string, ParseResult, CancellationToken, Task<int>> ask,
        params Option[] options)
    {
        var facility = new Argument<string>("FACILITY") { Description = "The facility's id: pump-a." };
        var command = new Command(name, description) { facility };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return HubClient.Set(command, (client, words, cancel) =>
            ask(client, Uri.EscapeDataString(words.GetValue(facility)!), words, cancel));
    }

    private static string Asked(string name, string? value) =>
        value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = "TEXT" };

    private static Option<DateOnly?> Day(string name, string description) =>
        new(name) { Description = description, HelpName = "DAY" };
}
