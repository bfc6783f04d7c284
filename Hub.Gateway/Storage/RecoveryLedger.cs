using System.Text.Json;

namespace Hub.Gateway.Storage;

/// <summary>
/// Every recovery of a data folder's databases, the newest first, in a file beside them: what was lost stays known when
/// the hub is started again.
/// </summary>
public sealed class RecoveryLedger(string dataFolder)
{
    private const int KeptMax = 50;

    private string FilePath => Path.Combine(dataFolder, "recoveries.json");

    /// <summary>Empty where there was none, and where the file itself can't be read.</summary>
    public IReadOnlyList<DatabaseRecovery> Read()
    {
        try
        {
            return File.Exists(FilePath)
                ? JsonSerializer.Deserialize<List<DatabaseRecovery>>(File.ReadAllBytes(FilePath)) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public void Add(DatabaseRecovery recovery)
    {
        var made = FilePath + ".making";
        File.WriteAllBytes(
            made, JsonSerializer.SerializeToUtf8Bytes<List<DatabaseRecovery>>([recovery, .. Read().Take(KeptMax - 1)]));
        File.Move(made, FilePath, overwrite: true);
    }
}
