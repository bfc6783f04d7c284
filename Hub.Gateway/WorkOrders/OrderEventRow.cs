using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.WorkOrders;

/// <summary>One event of one order; rows are only ever added.</summary>
internal sealed class OrderEventRow
{
    public long OrderId { get; set; }

    /// <summary>The order's version after it: 1, 2, 3 …</summary>
    public int Sequence { get; set; }

    public long At { get; set; }

    public long NotedAt { get; set; }

    public required string Body { get; set; }

    public static OrderEventRow Of(long order, int sequence, OrderEvent happened) => new()
    {
        OrderId = order,
        Sequence = sequence,
        At = happened.At.UtcTicks,
        NotedAt = happened.NotedAt.UtcTicks,
        Body = OrderJson.Write(happened),
    };
}

internal sealed class OrderEventTable : IEntityTypeConfiguration<OrderEventRow>
{
    public void Configure(EntityTypeBuilder<OrderEventRow> table)
    {
        table.ToTable("order_events");
        table.HasKey(row => new { row.OrderId, row.Sequence });
        table.HasIndex(row => row.NotedAt);
    }
}
