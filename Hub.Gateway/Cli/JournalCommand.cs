using System.CommandLine;
using Hub.Gateway.Journal;
using Hub.Transport.Log;

namespace Hub.Gateway.Cli;

/// <summary><c>journal</c>: reading the journal's file, beside a running hub or without one.</summary>
internal static class JournalCommand
{
    private const int PieceBytes = 1 << 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public static Command Create() => new("journal", "The journal's file. A running hub isn't disturbed.")
    {
        Verify(), Tail(),
    };

    private static Command Verify()
    {
        var (data, json) = (new HubFlags().Data, HubClient.JsonOption());
        data.Required = true;
        var command = new Command(
            "verify", "Reads every row and checks it. Ends with 7 if something is damaged or missing.")
        {
            data, json,
        };
        command.SetAction((words, cancel) => ReadAsync(words.GetValue(data)!, async file =>
        {
            var (check, fault) = (new JournalCheck(), file.Fault());
            for (var rows = file.Read(LogPosition.Start, PieceBytes); rows.Count > 0;)
            {
                foreach (var row in rows)
                {
                    check.Take(row.Position, row.Bytes.Span);
                }

                cancel.ThrowIfCancellationRequested();
                rows = file.Read(rows[^1].Position, PieceBytes);
            }

            foreach (var line in words.GetValue(json) ? [JournalText.Json(check, fault)] : JournalText.Of(check, fault))
            {
                await words.InvocationConfiguration.Output.WriteLineAsync(line);
            }

            return fault is null && check is { DamagedRows: 0, MissingRows: 0 } ? ExitCode.Ok : ExitCode.CheckFailed;
        }));
        return command;
    }

    private static Command Tail()
    {
        var (data, json) = (new HubFlags().Data, HubClient.JsonOption());
        data.Required = true;
        var after = new Option<long?>("--after") { Description = "From the row after this one.", HelpName = "ROW" };
        var last = new Option<int>("--rows")
        {
            Description = "The last rows, without --after.",
            DefaultValueFactory = _ => 10,
        };
        var follow = new Option<bool>("--follow") { Description = "Goes on with what comes, until it is stopped." };
        var command = new Command("tail", "Shows the journal's entries, one a line.")
        {
            data, after, last, follow, json,
        };
        command.SetAction((words, cancel) => ReadAsync(words.GetValue(data)!, async file =>
        {
            var at = words.GetValue(after) is { } row ? new LogPosition(row) : file.BeforeLast(words.GetValue(last));
            using var timer = new PeriodicTimer(LookEvery);
            do
            {
                for (var rows = file.Read(at, PieceBytes); rows.Count > 0; rows = file.Read(at, PieceBytes))
                {
                    foreach (var line in rows.SelectMany(one => JournalText.Lines(one, words.GetValue(json))))
                    {
                        await words.InvocationConfiguration.Output.WriteLineAsync(line);
                    }

                    at = rows[^1].Position;
                }
            }
            while (words.GetValue(follow) && await timer.WaitForNextTickAsync(cancel));

            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task<int> ReadAsync(DirectoryInfo data, Func<LogReading, Task<int>> read)
    {
        try
        {
            using var file = LogReading.Open(Path.Combine(data.FullName, "journal.db"));
            return await read(file);
        }
        catch (FileNotFoundException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} --data says where the hub keeps its files.");
            return ExitCode.NotFound;
        }
        catch (LogFailedException e)
        {
            await Console.Error.WriteLineAsync(
                $"The journal can't be read: {e.Message} A hub that starts on it saves what can be read of it.");
            return ExitCode.CheckFailed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Ok;
        }
    }
}
