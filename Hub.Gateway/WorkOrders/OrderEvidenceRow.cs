using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.WorkOrders;

/// <summary>The chart samples frozen into an order: they stay when the history has long been thinned out.</summary>
internal sealed class OrderEvidenceRow
{
    public long OrderId { get; set; }

    public required string Series { get; set; }
}

internal sealed class OrderEvidenceTable : IEntityTypeConfiguration<OrderEvidenceRow>
{
    public void Configure(EntityTypeBuilder<OrderEvidenceRow> table)
    {
        table.ToTable("order_evidence");
        table.HasKey(row => row.OrderId);
        table.Property(row => row.OrderId).ValueGeneratedNever();
    }
}
