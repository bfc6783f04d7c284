using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Storage;

/// <summary>
/// The hub's own tables: orders, site, dead letters and the cursors of their writers. Each room describes its tables in
/// an <see cref="IEntityTypeConfiguration{TEntity}"/> beside the code that owns them; readings never come here.
/// </summary>
public sealed class HubDb(DbContextOptions<HubDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(HubDb).Assembly);
}
