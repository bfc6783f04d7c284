using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Roster;

/// <summary>A <see cref="Handover"/>.</summary>
internal sealed class HandoverRow
{
    public long Id { get; set; }

    public required string Grid { get; set; }

    public required string By { get; set; }

    public long At { get; set; }

    public required string Words { get; set; }

    public string? TakenBy { get; set; }

    public long? TakenAt { get; set; }

    public Handover Handover() => new(
        Id, Grid, By, new DateTimeOffset(At, TimeSpan.Zero), Words, TakenBy,
        TakenAt is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);
}

internal sealed class HandoverTable : IEntityTypeConfiguration<HandoverRow>
{
    public void Configure(EntityTypeBuilder<HandoverRow> table)
    {
        table.ToTable("handovers");
        table.HasKey(row => row.Id);
    }
}
