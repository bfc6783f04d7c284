using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>vendors</c>: the firms that look after facilities.</summary>
public static class VendorsCommand
{
    public static Command Create() => new("vendors", "Who looks after facilities, or is called to them.")
    {
        List(), Put(), Remove(),
    };

    private static Command List() => HubClient.Set(
        new Command("list", "Vendors by name."),
        (client, _, cancel) => client.GetAsync(
            "api/v1/vendors",
            page => Table.Of([Head, .. page.GetProperty("items").EnumerateArray().Select(Row)]), cancel));

    private static Command Put()
    {
        var id = Id();
        var name = new Option<string>("--name") { Description = "As people say it.", Required = true };
        var trade = new Option<string?>("--trade") { Description = "What it does." };
        var phone = new Option<string?>("--phone") { Description = "To be called." };
        var hours = new Option<string?>("--hours") { Description = "When it can be reached." };
        var until = new Option<DateOnly?>("--until") { Description = "The last day of its contract." };
        return HubClient.Set(
            new Command("put", "Writes a vendor; what is left out becomes empty.")
            {
                id, name, trade, phone, hours, until,
            },
            (client, words, cancel) => client.SendAsync(
                HttpMethod.Put, Path(words.GetValue(id)!),
                new
                {
                    name = words.GetValue(name),
                    trade = words.GetValue(trade),
                    phone = words.GetValue(phone),
                    hours = words.GetValue(hours),
                    contractUntil = words.GetValue(until),
                },
                vendor => Table.Of([Head, Row(vendor)]), cancel));
    }

    private static Command Remove()
    {
        var id = Id();
        return HubClient.Set(
            new Command("remove", "Takes a vendor off the list, unless something names it.") { id },
            (client, words, cancel) => client.SendAsync(
                HttpMethod.Delete, Path(words.GetValue(id)!), new { }, _ => [], cancel));
    }

    private static readonly string[] Head = ["VENDOR", "NAME", "TRADE", "PHONE", "CONTRACT", "HOURS", "FACILITIES"];

    private static string[] Row(JsonElement vendor) =>
    [
        AccessCall.Text(vendor, "id"), AccessCall.Text(vendor, "name"), AccessCall.Text(vendor, "trade"),
        AccessCall.Text(vendor, "phone"),
        AccessCall.Text(vendor, "contractUntil") + (vendor.GetProperty("runOut").GetBoolean() ? " (run out)" : ""),
        AccessCall.Text(vendor, "hours"),
        string.Join(", ", vendor.GetProperty("facilities").EnumerateArray().Select(one => one.GetString())),
    ];

    private static Argument<string> Id() => new("VENDOR") { Description = "The vendor's id: wilo." };

    private static string Path(string id) => $"api/v1/vendors/{Uri.EscapeDataString(id)}";
}
