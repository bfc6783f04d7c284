using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Units;

/// <summary>A unit has become occupied or vacant. Rows are only added; the last of a unit is how it is.</summary>
internal sealed class UnitMoveRow
{
    public long Id { get; set; }

    public required string SpaceId { get; set; }

    public Occupancy Occupancy { get; set; }

    /// <summary>Since when, UTC ticks.</summary>
    public long AtTicks { get; set; }

    /// <summary>When the ledger learnt of it, UTC ticks.</summary>
    public long NotedTicks { get; set; }

    /// <summary>Who said so; empty for the site file.</summary>
    public required string By { get; set; }

    public UnitMove Move() => new(
        SpaceId, Occupancy, new DateTimeOffset(AtTicks, TimeSpan.Zero),
        new DateTimeOffset(NotedTicks, TimeSpan.Zero), By);

    internal sealed class Table : IEntityTypeConfiguration<UnitMoveRow>
    {
        public void Configure(EntityTypeBuilder<UnitMoveRow> table)
        {
            table.ToTable("unit_moves").HasKey(row => row.Id);
            table.HasIndex(row => row.SpaceId);
        }
    }
}
