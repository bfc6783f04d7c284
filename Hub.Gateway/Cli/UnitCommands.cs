using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>devices questions</c> and <c>devices answer</c>: points that come in another unit than before.</summary>
internal static class UnitCommands
{
    private static readonly string[] Fields =
        ["point", "name", "unitBefore", "unit", "firstAt", "first", "last", "readings"];

    public static Command Questions() => HubClient.Set(
        new Command("questions", "Points that come in another unit than before; their readings wait for an answer."),
        (client, _, cancel) => client.GetAsync(
            "api/v1/devices",
            answer => Table.Of(
            [
                ["NUMBER", "POINT", "BEFORE", "NOW", "SINCE", "FIRST", "LAST", "READINGS"],
                .. answer.GetProperty("questions").EnumerateArray().Select(Row),
            ]),
            cancel));

    public static Command Answer()
    {
        var point = new Argument<int>("NUMBER") { Description = "The point's number, from 'devices questions'." };
        var said = new Argument<string>("ANSWER")
        {
            Description = "other-unit (the same meter), new-meter (an exchange), or mistake (go on refusing).",
        };
        var factor = Number("--factor", "What one of the new unit is in the signal's, where nobody could know.");
        var final = Number("--final", "The old meter's last register, in the signal's unit; for a new meter.");
        var start = Number("--start", "The new meter's first register, in the signal's unit; for a new meter.");
        var serial = new Option<string?>("--serial") { Description = "The new meter's serial number." };
        var command = new Command("answer", "Says what it means that a point comes in another unit.")
        {
            point, said, factor, final, start, serial,
        };
        return HubClient.Set(command, (client, words, cancel) => client.SendAsync(
            HttpMethod.Post,
            $"api/v1/points/{words.GetValue(point)}/unit",
            new
            {
                answer = words.GetValue(said),
                factor = words.GetValue(factor),
                finalRegister = words.GetValue(final),
                startRegister = words.GetValue(start),
                serial = words.GetValue(serial),
            },
            answer => [$"Noted for point {AccessCall.Text(answer, "point")}: {AccessCall.Text(answer, "answer")}."],
            cancel));
    }

    private static string[] Row(JsonElement question) => [.. Fields.Select(field => AccessCall.Text(question, field))];

    private static Option<double?> Number(string name, string description) =>
        new(name) { Description = description, HelpName = "NUMBER" };
}
