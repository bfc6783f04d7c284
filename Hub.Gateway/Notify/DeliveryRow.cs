using Hub.Gateway.WorkOrders;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Notify;

/// <summary>A <see cref="Notify.Delivery"/> with how far it has come.</summary>
internal sealed class DeliveryRow
{
    public long Id { get; set; }

    public required string Channel { get; set; }

    public long NoticeId { get; set; }

    public long OrderId { get; set; }

    public NoticeKind Kind { get; set; }

    public required string To { get; set; }

    public long At { get; set; }

    public ClockKind? Clock { get; set; }

    /// <summary>Who, by the roster; null for a role as such.</summary>
    public string? Person { get; set; }

    /// <summary>What rings first, of what is due.</summary>
    public int Rank { get; set; }

    public long NextAt { get; set; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>The last reason why it was not sent.</summary>
    public string? Why { get; set; }

    public long? DoneAt { get; set; }

    public static DeliveryRow Of(Notice notice, string channel, DateTimeOffset from) => new()
    {
        Channel = channel,
        NoticeId = notice.Id,
        OrderId = notice.Order,
        Kind = notice.Kind,
        To = notice.To,
        At = notice.At.UtcTicks,
        Clock = notice.Clock,
        Person = notice.Person,
        Rank = DeliveryPlan.Rank(notice.Kind),
        NextAt = from.UtcTicks,
    };

    public Delivery Delivery() => new(
        Id, Channel, new Notice(NoticeId, OrderId, Kind, To, Instant(At), Clock, Person), Instant(NextAt), Attempts);

    public DeliveryLine Line() => new(
        OrderId, Channel, Kind, To, Person, Instant(At), State, Attempts, Why,
        DoneAt is { } done ? Instant(done) : null);

    public static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<DeliveryRow> table)
    {
        table.ToTable("deliveries");
        table.HasKey(row => row.Id);
        table.Property(row => row.Kind).HasConversion<string>();
        table.Property(row => row.Clock).HasConversion<string>();
        table.Property(row => row.State).HasConversion<string>();
        // A notice goes once on a channel, whatever was interrupted.
        table.HasIndex(row => new { row.NoticeId, row.Channel }).IsUnique();
        table.HasIndex(row => new { row.Channel, row.State, row.NextAt });
        table.HasIndex(row => row.OrderId);
        table.HasIndex(row => row.DoneAt);
    }
}
