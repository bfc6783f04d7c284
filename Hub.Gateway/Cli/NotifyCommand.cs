using System.CommandLine;
using System.Text.Json;
using Hub.Gateway.Notify;

namespace Hub.Gateway.Cli;

/// <summary><c>notify</c>: how a running hub reaches people.</summary>
public static class NotifyCommand
{
    public static Command Create() => new("notify", "Channels that tell people, and what was told.")
    {
        List(), Log(), Test(), Pause(), Resume(),
    };

    private static Command List()
    {
        var person = new Option<string?>("--person") { Description = "Only this one's own.", HelpName = "ID" };
        return HubClient.Set(
            new Command("list", "The channels, what waits for each, and since when one fails.") { person },
            (client, words, cancel) => client.GetAsync(
                "api/v1/notify",
                channels => Table.Of(
                [
                    [
                        "CHANNEL", "KIND", "WHERE", "PERSON", "HOURS", "AFTER", "PAUSED UNTIL", "WAITING", "SENT",
                        "FAILING SINCE", "WHY",
                    ],
                    .. channels.GetProperty("items").EnumerateArray()
                        .Where(one => words.GetValue(person) is not { } who
                            || one.GetProperty("person").GetString() == who)
                        .Select(one => Row(
                            one, "id", "kind", "where", "person", "hours", "after", "pausedUntil", "waiting", "sentAt",
                            "failingSince", "why")),
                ]),
                cancel));
    }

    private static Command Log()
    {
        var order = new Option<long?>("--order") { Description = "Only of the order with this id.", HelpName = "ID" };
        var person = new Option<string?>("--person") { Description = "Only what this one was told.", HelpName = "ID" };
        var command = new Command("log", "What was sent, spared or given up, the newest first.") { order, person };
        return HubClient.Set(command, (client, words, cancel) => client.GetAsync(
            "api/v1/notify/deliveries?"
                + (words.GetValue(order) is { } id ? $"order={id}&" : "")
                + (words.GetValue(person) is { } who ? $"person={Uri.EscapeDataString(who)}" : ""),
            log => Table.Of(
            [
                ["ID", "CHANNEL", "ORDER", "WHAT", "TO", "PERSON", "AT", "STATE", "ATTEMPTS", "DONE", "WHY"],
                .. log.GetProperty("items").EnumerateArray().Select(one => Row(
                    one, "id", "channel", "order", "what", "to", "person", "at", "state", "attempts", "doneAt", "why")),
            ]),
            cancel));
    }

    private static Command Test()
    {
        var channel = new Argument<string>("channel") { Description = "The channel's id." };
        var command = new Command("test", "Sends a message that says it is a test, at once.") { channel };
        return HubClient.Set(command, (client, words, cancel) => client.PostAsync(
            $"api/v1/notify/{Uri.EscapeDataString(words.GetValue(channel)!)}/test", "",
            sent => [$"{sent.GetProperty("channel").GetString()} has delivered the test."], cancel));
    }

    private static Command Pause()
    {
        var channel = new Argument<string>("channel") { Description = "The id of somebody's own channel." };
        var until = new Option<string>("--until")
        {
            Description = "2026-11-22 18:00; 7 days ahead at most.",
            HelpName = "TIME",
            Required = true,
        };
        var command = new Command("pause", "Somebody's own channel is silent until then: as quiet hours.")
        {
            channel, until,
        };
        return HubClient.Set(command, (client, words, cancel) => client.SendAsync(
            HttpMethod.Post, PauseOf(words.GetValue(channel)!), new PauseRequest(words.GetValue(until)),
            paused => [$"{paused.GetProperty("channel")} is silent until {paused.GetProperty("pausedUntil")}."],
            cancel));
    }

    private static Command Resume()
    {
        var channel = new Argument<string>("channel") { Description = "The channel's id." };
        return HubClient.Set(
            new Command("resume", "It speaks again.") { channel },
            (client, words, cancel) => client.SendAsync(
                HttpMethod.Delete, PauseOf(words.GetValue(channel)!), new { },
                spoken => [$"{spoken.GetProperty("channel")} speaks again."], cancel));
    }

    private static string PauseOf(string channel) => $"api/v1/notify/{Uri.EscapeDataString(channel)}/pause";

    private static string[] Row(JsonElement one, params string[] members) =>
        [.. members.Select(member => one.GetProperty(member).ToString() is { Length: > 0 } text ? text : "-")];
}
