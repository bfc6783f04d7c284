using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Fleet;

/// <summary>A point's readings in a set-aside message that are in the journal by now.</summary>
internal sealed class ReleaseRow
{
    public long Row { get; set; }

    public int Place { get; set; }

    public int Point { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ReleaseRow>
    {
        public void Configure(EntityTypeBuilder<ReleaseRow> builder) =>
            builder.ToTable("set_aside_releases").HasKey(row => new { row.Row, row.Place, row.Point });
    }
}
