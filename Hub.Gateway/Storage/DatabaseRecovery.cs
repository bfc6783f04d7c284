using System.Text.Json.Serialization;

namespace Hub.Gateway.Storage;

/// <summary>How a damaged database was replaced by one with all that could be read of it.</summary>
/// <param name="At">When.</param>
/// <param name="File">Its name in the data folder.</param>
/// <param name="Fault">What was wrong with it.</param>
/// <param name="PutAside">Where it is now, as it was found; null if there was nothing to put aside.</param>
/// <param name="Tables">What was kept of each table.</param>
public sealed record DatabaseRecovery(
    DateTimeOffset At, string File, string Fault, string? PutAside, IReadOnlyList<TableRecovery> Tables)
{
    /// <summary>Spans of readings that are gone, as far as they can be named; at most a thousand.</summary>
    public IReadOnlyList<LostSpan> Spans { get; init; } = [];

    [JsonIgnore]
    public long RowsKept => Tables.Sum(table => table.Rows);

    /// <summary>Tables of which rows are gone; how many, nobody can know.</summary>
    [JsonIgnore]
    public IEnumerable<string> Incomplete => Tables.Where(table => !table.IsComplete).Select(table => table.Name);

    [JsonIgnore]
    public bool IsComplete => Tables.All(table => table.IsComplete);

    /// <summary>Whether rows of one of these are gone.</summary>
    public bool HasLost(params ReadOnlySpan<string> tables)
    {
        foreach (var table in Tables)
        {
            if (!table.IsComplete && tables.Contains(table.Name))
            {
                return true;
            }
        }

        return false;
    }
}
