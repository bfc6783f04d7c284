using System.CommandLine;

namespace Hub.Gateway.Cli;

/// <summary><c>orders</c>: what is behind an order.</summary>
public static class OrdersCommand
{
    public static Command Create() => new("orders", "Work orders.") { Trace() };

    private static Command Trace()
    {
        var id = new Argument<string>("id") { Description = "Its number (2026-11-0412) or id." };
        var (hub, language, json) = (HubClient.HubOption(), HubClient.LanguageOption(), HubClient.JsonOption());
        var command = new Command("trace", "An order, its alarms, the rules behind them, and the readings.")
        {
            id, hub, language, json,
        };
        command.SetAction(async (words, cancel) =>
        {
            using var client = new HubClient(
                words.GetValue(hub)!, words.GetValue(language)!, words.GetValue(json));
            return await client.GetAsync(
                $"api/v1/orders/{Uri.EscapeDataString(words.GetValue(id)!)}/trace",
                trace => trace.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!), cancel);
        });
        return command;
    }
}
