using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Site;

/// <summary>One site change as hub.db keeps it: all of them from the first, folded at start, give the site.</summary>
public sealed class SiteChangeRow
{
    public long Id { get; set; }

    public long AtTicks { get; set; }

    public required string Json { get; set; }

    /// <summary>Whether the journal has it; what a crash left without it is journalled at the next start.</summary>
    public bool IsJournalled { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<SiteChangeRow>
    {
        public void Configure(EntityTypeBuilder<SiteChangeRow> builder) =>
            builder.ToTable("site_changes").HasKey(row => row.Id);
    }
}
