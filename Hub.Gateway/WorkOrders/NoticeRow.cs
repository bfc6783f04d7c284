using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.WorkOrders;

/// <summary>A <see cref="Notice"/> that waits for its plan; then it is removed.</summary>
internal sealed class NoticeRow
{
    public long Id { get; set; }

    public long OrderId { get; set; }

    public NoticeKind Kind { get; set; }

    public required string To { get; set; }

    public long At { get; set; }

    public ClockKind? Clock { get; set; }

    public string? Person { get; set; }

    public Notice Notice() => new(Id, OrderId, Kind, To, new DateTimeOffset(At, TimeSpan.Zero), Clock, Person);
}

internal sealed class NoticeTable : IEntityTypeConfiguration<NoticeRow>
{
    public void Configure(EntityTypeBuilder<NoticeRow> table)
    {
        table.ToTable("notices");
        table.HasKey(row => row.Id);
        // Never the number of one that has gone: it is the key of messages that a receiver may remember.
        table.Property(row => row.Id).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        table.Property(row => row.Kind).HasConversion<string>();
        table.Property(row => row.Clock).HasConversion<string>();
    }
}
