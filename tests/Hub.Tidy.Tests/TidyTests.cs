
namespace Hub.Tidy.Tests;

public class TidyTests
{
    private const int LineColumnsMax = 120;
    private const int FileLinesMax = 300;

    /// <summary>What is banned, and what to write instead.</summary>
    private static readonly Dictionary<string, string> Banned = new()
    {
        ["DateTime.Now"] = "TimeProvider",
        ["DateTime.UtcNow"] = "TimeProvider",
        ["DateTimeOffset.Now"] = "TimeProvider",
        ["DateTimeOffset.UtcNow"] = "TimeProvider",
        ["Thread.Sleep"] = "Task.Delay(delay, timeProvider, stopping)",
        ["async void"] = "async Task",
        ["CreateUnbounded"] = "Channel.CreateBounded with a limit from the options",
        ["#region"] = "a file of its own",
    };

    /// <summary>A folder with such a name takes anything in, and the first circle runs through it.</summary>
    private static readonly string[] BannedFolders =
        ["Common", "Core", "Helpers", "Interfaces", "Internal", "Misc", "Models", "Services", "Shared", "Utilities", "Utils"];

    private static readonly string[] Projects = ["Hub.Rules", "Hub.Transport", "Hub.Edge", "Hub.Gateway"];

    [Fact]
    public void No_line_and_no_file_is_too_long()
    {
        var faults = from file in Repository.Sources(Projects)
                     from fault in TooLong(file)
                     select fault;

        Assert.Empty(faults);
    }

    [Fact]
    public void Nothing_banned_is_used()
    {
        var faults = from file in Repository.Sources(Projects)
                     from ban in Banned
                     from line in file.Lines.Select((text, index) => (text, number: index + 1))
                     where line.text.Contains(ban.Key, StringComparison.Ordinal)
                     select $"{file.Path}:{line.number}: {ban.Key} is banned, use {ban.Value}";

        Assert.Empty(faults);
    }

    [Fact]
    public void Every_folder_is_named_for_a_thing_or_a_step()
    {
        var faults = from file in Repository.Sources(Projects)
                     from name in file.Folder.Split('/')
                     where BannedFolders.Contains(name)
                     select $"{file.Path}: {name} is not the name of a thing of the building or a step of the flow";

        Assert.Empty(faults);
    }

    private static IEnumerable<string> TooLong(SourceFile file)
    {
        if (file.Lines.Length > FileLinesMax)
        {
            yield return $"{file.Path}: {file.Lines.Length} lines, at most {FileLinesMax}";
        }

        for (var i = 0; i < file.Lines.Length; i++)
        {
            if (file.Lines[i].Length > LineColumnsMax)
            {
                yield return $"{file.Path}:{i + 1}: line exceeds {LineColumnsMax} columns";
            }
        }
    }
}
