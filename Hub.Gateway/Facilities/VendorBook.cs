using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Facilities;

/// <summary>The vendors. Which facilities one has is on the facilities' cards.</summary>
public sealed class VendorBook(IDbContextFactory<HubDb> dbs, LiveFeed feed)
{
    /// <summary>Each with its version, by name.</summary>
    public async Task<IReadOnlyList<(Vendor Vendor, int Version)>> ListAsync(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.Set<VendorRow>().AsNoTracking().ToListAsync(cancel);
        return
        [
            .. rows.Select(row => (Vendor: row.Read(), row.Version))
                .OrderBy(one => one.Vendor.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The id of whoever is in charge of a place; null for nobody.</summary>
    public async Task<string?> InChargeOfAsync(string spaceId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Set<FacilityRow>().Where(row => row.SpaceId == spaceId).Select(row => row.Vendor)
            .FirstOrDefaultAsync(cancel);
    }

    /// <summary>Writes a vendor down; the same again changes nothing.</summary>
    public async Task<FacilityRefusal?> PutAsync(Vendor vendor, int? version, CancellationToken cancel)
    {
        if (vendor.Fault() is { } fault)
        {
            return fault;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<VendorRow>().FindAsync([vendor.Id], cancel);
        if (row?.Read() == vendor)
        {
            return null;
        }

        if (version is not null && version != (row?.Version ?? 0))
        {
            return FacilityRefusal.Changed(row?.Version ?? 0);
        }

        row ??= db.Add(new VendorRow { Id = vendor.Id, Vendor = "" }).Entity;
        row.Set(vendor);
        await SaveAsync(db, vendor.Id, cancel);
        return null;
    }

    /// <summary>Takes a vendor off the list, unless a facility or a plan names it.</summary>
    public async Task<FacilityRefusal?> RemoveAsync(string id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await db.Set<VendorRow>().FindAsync([id], cancel) is not { } row)
        {
            return new(FacilityFault.UnknownVendor, $"There is no vendor {id}.");
        }

        var plans = await db.Set<PlanRow>().AsNoTracking().Where(plan => !plan.IsEnded).ToListAsync(cancel);
        if (await db.Set<FacilityRow>().AnyAsync(facility => facility.Vendor == id, cancel)
            || plans.Exists(plan => plan.ReadPlan().Vendor == id))
        {
            return new(FacilityFault.InUse, $"Facilities or plans name {id}: give them another vendor first.");
        }

        db.Remove(row);
        await SaveAsync(db, id, cancel);
        return null;
    }

    private async Task SaveAsync(HubDb db, string id, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        feed.Publish(FacilityBook.Topic, id);
    }
}
