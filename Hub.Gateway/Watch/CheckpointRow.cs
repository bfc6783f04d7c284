using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Watch;

/// <summary>The one saved state of the rules engine, and the journal row that was the last to make it.</summary>
internal sealed class CheckpointRow
{
    public const int TheId = 1;

    public int Id { get; set; } = TheId;

    public long Position { get; set; }

    public required byte[] State { get; set; }
}

internal sealed class CheckpointTable : IEntityTypeConfiguration<CheckpointRow>
{
    public void Configure(EntityTypeBuilder<CheckpointRow> table)
    {
        table.ToTable("watch_checkpoint");
        table.HasKey(row => row.Id);
        table.Property(row => row.Id).ValueGeneratedNever();
    }
}
