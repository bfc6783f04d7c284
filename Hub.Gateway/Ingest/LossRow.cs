using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Ingest;

/// <summary>The loss ledger in hub.db, as of the same journal row as the watermarks.</summary>
internal sealed class LossRow
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required byte[] Losses { get; set; }

    public sealed class Table : IEntityTypeConfiguration<LossRow>
    {
        public void Configure(EntityTypeBuilder<LossRow> builder)
        {
            builder.ToTable("ingest_losses");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedNever();
        }
    }
}
