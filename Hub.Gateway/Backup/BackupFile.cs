namespace Hub.Gateway.Backup;

/// <summary>One file of a backup.</summary>
/// <param name="Name">Where it is below the data folder, with slashes.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sha256">Its hash, in hexadecimal.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256);
