using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.EdgeConfig;

/// <summary>What one edge has said last of its configuration, in hub.db.</summary>
internal sealed class ReportRow
{
    public required string Edge { get; set; }

    /// <summary>What it runs with; null if it has not said.</summary>
    public string? Version { get; set; }

    /// <summary>Since when it says so.</summary>
    public DateTime? At { get; set; }

    /// <summary>Why it refuses what is wanted, a line each.</summary>
    public string Faults { get; set; } = "";

    /// <summary>Of what was wanted then: the faults are no others'.</summary>
    public int Number { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ReportRow>
    {
        public void Configure(EntityTypeBuilder<ReportRow> builder) =>
            builder.ToTable("edge_reports").HasKey(row => row.Edge);
    }
}
