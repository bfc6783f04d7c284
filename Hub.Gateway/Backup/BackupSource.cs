namespace Hub.Gateway.Backup;

/// <summary>What is to be backed up.</summary>
/// <param name="DataFolder">The hub's; the hub may be running.</param>
/// <param name="SiteFile">Its site file; null if it has none.</param>
/// <param name="RulesFolder">Its own rule packs; null if it has none.</param>
/// <param name="TablesDump">What pg_dump has just made of its tables; null where they are in its folder.</param>
public sealed record BackupSource(
    string DataFolder, string? SiteFile, string? RulesFolder, string? TablesDump = null);
