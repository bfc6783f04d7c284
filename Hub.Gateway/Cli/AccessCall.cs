using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary>What <c>devices</c> and <c>accounts</c> have in common.</summary>
internal static class AccessCall
{
    private const string Path = "api/v1/access";

    public static Command List(string kind) => HubClient.Set(
        new Command("list", $"Every {kind} with its state and its credentials."),
        (client, _, cancel) => client.GetAsync(
            Path,
            answer => Table.Of(
            [
                ["NAME", "STATE", "CREDENTIALS"],
                .. answer.GetProperty("items").EnumerateArray()
                    .Where(item => Text(item, "kind") == kind)
                    .Select(item => new[] { Text(item, "name"), Text(item, "state"), Credentials(item) }),
            ]),
            cancel));

    public static Command Revoke(string kind)
    {
        var name = Name(kind);
        return HubClient.Set(
            new Command("revoke", $"Takes all credentials from a {kind} and cuts its connections.") { name },
            (client, words, cancel) => client.PostAsync(
                $"{Path}/{Part(words, name)}/revoke", "",
                answer => [$"{Text(answer, "name")} is revoked; what is connected as it is cut within seconds."],
                cancel));
    }

    /// <summary>What to type into a device's form, on standard output; that it comes once, on the other.</summary>
    public static IEnumerable<string> Credential(JsonElement answer, TextWriter talk)
    {
        talk.WriteLine(
            "The hub keeps no copy of the password. An older one holds until this one is used, a day at most.");
        return [$"user={Text(answer, "user")}", $"password={Text(answer, "password")}"];
    }

    public static Argument<string> Name(string kind) =>
        new("NAME") { Description = $"The {kind}'s name: letters, digits and -._:, at most 64." };

    public static string DevicePath(ParseResult words, Argument<string> name, string what) =>
        $"{Path}/devices/{Part(words, name)}/{what}";

    public static string AccountPath(ParseResult words, Argument<string> name) =>
        $"{Path}/accounts/{Part(words, name)}";

    public static string Text(JsonElement item, string name) => RulesCommand.Text(item, name);

    private static string Part(ParseResult words, Argument<string> name) =>
        Uri.EscapeDataString(words.GetValue(name)!);

    private static string Credentials(JsonElement item) => string.Join(
        ", ",
        item.GetProperty("credentials").EnumerateArray().Select(one => Text(one, "kind") + Until(one)));

    private static string Until(JsonElement credential) =>
        credential.GetProperty("endsAt") is { ValueKind: JsonValueKind.String } end
            ? $" until {end.GetDateTimeOffset():yyyy-MM-dd HH:mm} UTC"
            : "";
}
