using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Notify;

/// <summary>A <see cref="ChannelPause"/>; one that is ended early is over then.</summary>
internal sealed class PauseRow
{
    public long Id { get; set; }

    public required string Channel { get; set; }

    public long From { get; set; }

    public long To { get; set; }

    public required string By { get; set; }

    public ChannelPause Pause() => new(Channel, DeliveryRow.Instant(From), DeliveryRow.Instant(To), By);
}

internal sealed class PauseTable : IEntityTypeConfiguration<PauseRow>
{
    public void Configure(EntityTypeBuilder<PauseRow> table)
    {
        table.ToTable("channel_pauses");
        table.HasKey(row => row.Id);
        table.HasIndex(row => row.To);
    }
}
