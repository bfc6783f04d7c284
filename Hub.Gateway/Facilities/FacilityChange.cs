namespace Hub.Gateway.Facilities;

/// <summary>What a file says otherwise of a facility.</summary>
/// <param name="Before">The facility as the register has it.</param>
/// <param name="Line">As the file has it.</param>
public sealed record FacilityChange(Facility Before, FacilityLine Line)
{
    /// <summary>The fields that differ, each as it is written in a table.</summary>
    public IEnumerable<(string Field, string Before, string After)> Fields =>
        from column in FacilityFile.CardColumns
        let change = (column.Name, column.Of(Before.Card), column.Of(Line.Card))
        where change.Item2 != change.Item3
        select change;
}
