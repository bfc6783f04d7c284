using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Fleet;

/// <summary>The fleet's checkpoint: the fold's state and the journal row it is at. There is one.</summary>
internal sealed class FleetRow
{
    public int Id { get; set; }

    public long Cursor { get; set; }

    public required byte[] State { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<FleetRow>
    {
        public void Configure(EntityTypeBuilder<FleetRow> builder)
        {
            builder.ToTable("fleet").HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedNever();
        }
    }
}
