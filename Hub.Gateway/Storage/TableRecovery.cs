namespace Hub.Gateway.Storage;

/// <summary>What was kept of one table of a damaged database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Rows that are in the new one.</param>
/// <param name="IsComplete">False if some could not be read, or were not what the table's rules allow.</param>
public sealed record TableRecovery(string Name, long Rows, bool IsComplete);
