using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Broker;

/// <summary>A retained message in hub.db.</summary>
internal sealed class RetainedRow
{
    public required string Topic { get; init; }

    /// <summary>The PUBLISH as MQTT 5.0 writes it: a format that needs no drawing of ours.</summary>
    public required byte[] Packet { get; set; }

    public sealed class Table : IEntityTypeConfiguration<RetainedRow>
    {
        public void Configure(EntityTypeBuilder<RetainedRow> builder)
        {
            builder.ToTable("retained");
            builder.HasKey(row => row.Topic);
        }
    }
}
