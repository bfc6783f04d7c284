namespace Hub.Gateway.Backup;

/// <summary>What is in a backup; its last entry.</summary>
/// <param name="BegunAt">Everything that was acknowledged before this is in it.</param>
/// <param name="JournalFirst">The oldest journal row in it.</param>
/// <param name="JournalTail">The newest; the cursors of the other files are not beyond it.</param>
/// <param name="Files">Every file, in the order in which it was taken.</param>
public sealed record BackupManifest(
    DateTimeOffset BegunAt, long JournalFirst, long JournalTail, IReadOnlyList<BackupFile> Files);
