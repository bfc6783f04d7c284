using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.EdgeConfig;

/// <summary>
/// What is wanted of one edge, in hub.db. One that was taken back stays, so that it is also taken back at a broker that
/// was away.
/// </summary>
internal sealed class ConfigRow
{
    public required string Edge { get; set; }

    public int Number { get; set; }

    public string Version { get; set; } = "";

    public string Text { get; set; } = "";

    public DateTime At { get; set; }

    public string By { get; set; } = "";

    internal sealed class Table : IEntityTypeConfiguration<ConfigRow>
    {
        public void Configure(EntityTypeBuilder<ConfigRow> builder) =>
            builder.ToTable("edge_configs").HasKey(row => row.Edge);
    }
}
