using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Watch;

/// <summary>
/// The saved state of the rules engine. Row 1 says which parts are in force and which journal row was the last to make
/// them; the parts stand behind it, in two sets of which one is in force while the other is written.
/// </summary>
internal sealed class CheckpointRow
{
    public const int TheId = 1;

    /// <summary>Parts that a set may have.</summary>
    public const int PartsMax = 1_000_000;

    public int Id { get; set; } = TheId;

    public long Position { get; set; }

    public required byte[] State { get; set; }

    public static int FirstOf(int set) => TheId + 1 + (set * PartsMax);
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
