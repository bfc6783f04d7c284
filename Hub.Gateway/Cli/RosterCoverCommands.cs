using System.CommandLine;
using Hub.Gateway.Roster;

namespace Hub.Gateway.Cli;

/// <summary><c>roster cover</c> and <c>roster handover</c>: what the day changes, and what one shift leaves.</summary>
internal static class RosterCoverCommands
{
    private const string Covers = "api/v1/roster/covers";
    private const string Handovers = "api/v1/roster/handovers";

    public static Command Cover()
    {
        var absent = new Argument<string>("ABSENT") { Description = "Who is not there." };
        var by = new Option<string?>("--by") { Description = "Who stands in; else nobody.", HelpName = "PERSON" };
        var from = new Option<string?>("--from") { Description = "2026-11-22 07:00; else now.", HelpName = "TIME" };
        var to = new Option<string>("--to") { Description = "2026-11-22 19:00.", HelpName = "TIME", Required = true };
        var make = new Command("add", "Somebody stands in for somebody.") { absent, by, from, to };
        var id = new Argument<long>("ID") { Description = "The cover's number, from 'roster show'." };
        return new Command("cover", "Who stands in for whom.")
        {
            HubClient.Set(make, (client, words, cancel) => client.SendAsync(
                HttpMethod.Post, Covers,
                new CoverRequest(
                    words.GetValue(absent), words.GetValue(by), words.GetValue(from), words.GetValue(to)),
                cover => [$"Cover {RosterCommand.Text(cover, "id")} is written down."], cancel)),
            HubClient.Set(new Command("end", "Takes a cover back.") { id }, (client, words, cancel) => client.SendAsync(
                HttpMethod.Delete, $"{Covers}/{words.GetValue(id)}", new { },
                cover => [$"Cover {RosterCommand.Text(cover, "id")} is over."], cancel)),
        };
    }

    public static Command Handover()
    {
        var grid = new Argument<string>("GRID") { Description = "Where." };
        var note = new Argument<string>("NOTE") { Description = "What the next one has to know." };
        var by = new Option<string?>("--by") { Description = "Who writes or signs it.", HelpName = "PERSON" };
        var id = new Argument<long>("ID") { Description = "The note's number, from 'roster show'." };
        return new Command("handover", "What one shift leaves to the next.")
        {
            HubClient.Set(new Command("leave", "Leaves a note.") { grid, note, by }, (client, words, cancel) =>
                client.SendAsync(
                    HttpMethod.Post, Handovers,
                    new HandoverRequest(words.GetValue(grid), words.GetValue(note), words.GetValue(by)),
                    left => [$"Note {RosterCommand.Text(left, "id")} is left."], cancel)),
            HubClient.Set(new Command("take", "Signs a note: read, taken over.") { id, by }, (client, words, cancel) =>
                client.SendAsync(
                    HttpMethod.Post, $"{Handovers}/{words.GetValue(id)}/taken",
                    new TakeOverRequest(words.GetValue(by)),
                    taken => [$"Note {RosterCommand.Text(taken, "id")} is signed."], cancel)),
        };
    }
}
