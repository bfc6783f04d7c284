using System.CommandLine;

namespace Hub.Gateway.Cli;

/// <summary><c>accounts</c>: programs that may connect, such as zigbee2mqtt, and to which topics.</summary>
internal static class AccountsCommand
{
    public static Command Create() => new("accounts", "The programs that may connect over MQTT.")
    {
        Add(), AccessCall.List("account"), AccessCall.Revoke("account"),
    };

    private static Command Add()
    {
        var name = AccessCall.Name("account");
        var publish = Patterns("--publish", "A topic filter that it may publish to; as often as needed.");
        var subscribe = Patterns("--subscribe", "A topic filter that it may subscribe to; as often as needed.");
        var command = new Command(
            "add", "Gives a program a new password, printed once, and these topics in place of any earlier ones.")
        {
            name, publish, subscribe,
        };
        return HubClient.Set(command, (client, words, cancel) => client.SendAsync(
            HttpMethod.Put,
            AccessCall.AccountPath(words, name),
            new { publish = words.GetValue(publish) ?? [], subscribe = words.GetValue(subscribe) ?? [] },
            answer => AccessCall.Credential(answer, client.Talk),
            cancel));
    }

    private static Option<string[]> Patterns(string name, string description) =>
        new(name) { Description = description, HelpName = "FILTER" };
}
