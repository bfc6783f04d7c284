using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Inspections;

/// <summary>When somebody was there last.</summary>
public sealed class LastInspections(IDbContextFactory<HubDb> dbs)
{
    /// <summary>When each unit was inspected last.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ByUnitAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<InspectionRow>().GroupBy(row => row.SpaceId)
            .Select(unit => new { unit.Key, At = unit.Max(row => row.AtTicks) })
            .ToDictionaryAsync(unit => unit.Key, unit => new DateTimeOffset(unit.At, TimeSpan.Zero), cancel);
    }
}
