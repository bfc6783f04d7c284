using System.CommandLine;
using Hub.Gateway.Backup;
using Hub.Gateway.Storage;

namespace Hub.Gateway.Cli;

/// <summary><c>backup</c>: everything a hub has, in one encrypted file, and back.</summary>
internal static class BackupCommand
{
    private const string Passphrase = "BUILDINGHUB__BACKUP__PASSPHRASE";

    public static Command Create() => new("backup", "Everything a hub has, in one encrypted file.")
    {
        Make(), Verify(), Restore(),
    };

    private static Command Make()
    {
        var flags = new HubFlags();
        flags.Data.Required = true;
        var output = File("--out", "The backup; it must not be there yet.");
        var tables = new Option<FileInfo?>("--tables")
        {
            Description = "Where they are in PostgreSQL: what pg_dump --format=custom has made of them just before.",
            HelpName = "FILE",
        };
        return Set(
            new Command("create", "Makes a backup; the hub may be running.")
            {
                flags.Data, flags.Site, flags.Rules, tables, output,
            },
            (words, key) => BackupWriter.Create(
                WithTables(new BackupSource(
                    words.GetValue(flags.Data)!.FullName, words.GetValue(flags.Site)?.FullName,
                    words.GetValue(flags.Rules)?.FullName, words.GetValue(tables)?.FullName)),
                words.GetValue(output)!.FullName, key, TimeProvider.System));
    }

    /// <summary>The journal is copied after the tables were: no cursor in them is beyond it.</summary>
    private static BackupSource WithTables(BackupSource source) =>
        (StoragePlace.Of(source.DataFolder), source.TablesDump) switch
        {
            ({ } place, null) => throw new IOException(
                $"The tables of {source.DataFolder} are in PostgreSQL at {place}; a backup without them would be none. "
                + "First pg_dump --format=custom --file=FILE …, then this with --tables FILE; the hub may be running."),
            (null, { }) => throw new IOException($"The tables of {source.DataFolder} are in its hub.db."),
            _ => source,
        };

    private static Command Verify()
    {
        var file = File("--in", "The backup.");
        return Set(
            new Command("verify", "Reads a backup to its end and checks every file, without restoring it.") { file },
            (words, key) => BackupReader.Verify(words.GetValue(file)!.FullName, key));
    }

    private static Command Restore()
    {
        var file = File("--in", "The backup.");
        var folder = new Option<DirectoryInfo>("--data")
        {
            Description = "The data folder to be; not there, or empty.",
            HelpName = "DIR",
            Required = true,
        };
        return Set(
            new Command("restore", "Puts a backup into an empty data folder.") { file, folder },
            (words, key) => BackupReader.Restore(
                words.GetValue(file)!.FullName, words.GetValue(folder)!.FullName, key, TimeProvider.System));
    }

    private static Command Set(Command command, Func<ParseResult, BackupKey, BackupManifest> act)
    {
        var passphrase = new Option<FileInfo?>("--passphrase-file")
        {
            Description = $"A file with the passphrase; or put it into {Passphrase}.",
            HelpName = "FILE",
        };
        var keyFile = new Option<FileInfo?>("--key-file")
        {
            Description = "A file of 32 or more random bytes instead.",
            HelpName = "FILE",
        };
        command.Options.Add(passphrase);
        command.Options.Add(keyFile);
        command.SetAction(async (words, _) =>
        {
            try
            {
                if (Key(words.GetValue(passphrase), words.GetValue(keyFile)) is not { } key)
                {
                    await Console.Error.WriteLineAsync(
                        $"A backup needs a key: --passphrase-file, --key-file or {Passphrase}. There is no default.");
                    return ExitCode.Usage;
                }

                foreach (var line in Lines(act(words, key)))
                {
                    await Console.Out.WriteLineAsync(line);
                }

                return ExitCode.Ok;
            }
            catch (InvalidDataException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCode.CheckFailed;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return e is FormatException ? ExitCode.Usage : ExitCode.Conflict;
            }
        });
        return command;
    }

    private static BackupKey? Key(FileInfo? passphrase, FileInfo? keyFile) => (passphrase, keyFile) switch
    {
        (null, { } file) => new BackupKey.KeyFile(System.IO.File.ReadAllBytes(file.FullName)),
        ({ } file, null) => new BackupKey.Passphrase(System.IO.File.ReadAllText(file.FullName).TrimEnd('\r', '\n')),
        (null, null) => Environment.GetEnvironmentVariable(Passphrase) is { Length: > 0 } words
            ? new BackupKey.Passphrase(words)
            : null,
        _ => throw new FormatException("Give either --passphrase-file or --key-file."),
    };

    private static List<string> Lines(BackupManifest manifest) =>
    [
        $"begun {manifest.BegunAt:yyyy-MM-ddTHH:mm:ssZ}, "
            + $"journal rows {manifest.JournalFirst} to {manifest.JournalTail}",
        .. manifest.Files.Any(file => file.Name == BackupReader.TablesName)
            ? [$"its tables are for PostgreSQL: pg_restore --no-owner --dbname=… {BackupReader.TablesName}"]
            : Array.Empty<string>(),
        .. Table.Of(
        [
            ["FILE", "BYTES", "SHA-256"],
            .. manifest.Files.Select(file => new[]
            {
                file.Name, file.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture), file.Sha256,
            }),
        ]),
    ];

    private static Option<FileInfo> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Required = true };
}
