using Hub.Rules.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Fleet;

/// <summary>A message that was set aside, as hub.db keeps it. Instants are UTC ticks.</summary>
internal sealed class SetAsideRow
{
    public long Id { get; set; }

    /// <summary>The journal row that has it: with the place in it, its name for ever.</summary>
    public long Row { get; set; }

    public int Place { get; set; }

    public required string Source { get; set; }

    public required string Topic { get; set; }

    public SetAsideKind Kind { get; set; }

    public required string Reason { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>
    /// The last point commissioned before it: what it has for this or an earlier one was taken when it came, and is not
    /// released.
    /// </summary>
    public int PointsThen { get; set; }

    public required byte[] Payload { get; set; }

    public static SetAsideRow Of(long row, int place, int pointsThen, Entry.SetAside aside) => new()
    {
        Row = row,
        Place = place,
        Source = aside.Source,
        Topic = aside.Topic,
        Kind = aside.Kind,
        Reason = aside.Reason,
        ReceivedAt = aside.ReceivedAt.UtcTicks,
        PointsThen = pointsThen,
        Payload = aside.Payload.ToArray(),
    };

    internal sealed class Table : IEntityTypeConfiguration<SetAsideRow>
    {
        public void Configure(EntityTypeBuilder<SetAsideRow> builder)
        {
            builder.ToTable("set_aside").HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedNever();
            builder.HasIndex(row => new { row.Row, row.Place }).IsUnique();
        }
    }
}
