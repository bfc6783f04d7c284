using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Ingest;

/// <summary>The sequence watermarks in hub.db, with the journal row up to which they are true.</summary>
internal sealed class WatermarkRow
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public long Position { get; set; }

    public required byte[] Watermarks { get; set; }

    public sealed class Table : IEntityTypeConfiguration<WatermarkRow>
    {
        public void Configure(EntityTypeBuilder<WatermarkRow> builder)
        {
            builder.ToTable("ingest_watermarks");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedNever();
        }
    }
}
