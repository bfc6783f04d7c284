using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// An order as it stands: what is searched by in columns, the whole of it as JSON. Instants are UTC ticks.
/// </summary>
internal sealed class OrderRow
{
    public long Id { get; set; }

    public required string Number { get; set; }

    public required string SpaceId { get; set; }

    public required string Symptom { get; set; }

    public required string Kind { get; set; }

    public OrderState State { get; set; }

    public bool IsOpen { get; set; }

    public long StartedAt { get; set; }

    public long? ResolvedAt { get; set; }

    /// <summary>When a clock next brings something; null if none runs.</summary>
    public long? WakeAt { get; set; }

    public int Version { get; set; }

    public required string Snapshot { get; set; }

    public static OrderRow Of(WorkOrder order, OrderPolicy policy) => new()
    {
        Id = order.Id,
        Number = order.Number,
        SpaceId = order.SpaceId,
        Symptom = order.Symptom,
        Kind = order.Kind,
        State = order.State,
        IsOpen = order.IsOpen,
        StartedAt = order.StartedAt.UtcTicks,
        ResolvedAt = order.ResolvedAt?.UtcTicks,
        WakeAt = order.WakeAt(policy)?.UtcTicks,
        Version = order.Version,
        Snapshot = OrderJson.Write(order),
    };

    public WorkOrder Order() => OrderJson.ReadOrder(Snapshot);
}

internal sealed class OrderTable : IEntityTypeConfiguration<OrderRow>
{
    public void Configure(EntityTypeBuilder<OrderRow> table)
    {
        table.ToTable("orders");
        table.HasKey(row => row.Id);
        table.Property(row => row.Id).ValueGeneratedNever();
        table.HasIndex(row => row.Number).IsUnique();
        // One open order per matter, held by the database and not by hope.
        table.HasIndex(row => new { row.SpaceId, row.Symptom }).IsUnique().HasFilter("\"IsOpen\"");
        table.HasIndex(row => new { row.SpaceId, row.Id });
        // Of ten years' orders a few hundred are open or wait for something: only they are in these two.
        table.HasIndex(row => row.IsOpen).HasFilter("\"IsOpen\"");
        table.HasIndex(row => row.WakeAt).HasFilter("\"WakeAt\" IS NOT NULL");
        table.HasIndex(row => new { row.State, row.Id });
        table.HasIndex(row => row.StartedAt);
    }
}
