using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Units;

/// <summary>What the ledger knows of a unit that the rules have no use for.</summary>
internal sealed class UnitCardRow
{
    public required string SpaceId { get; set; }

    /// <summary>The owner's file number: whose monthly report it is in.</summary>
    public required string Owner { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<UnitCardRow>
    {
        public void Configure(EntityTypeBuilder<UnitCardRow> table) =>
            table.ToTable("unit_cards").HasKey(row => row.SpaceId);
    }
}
