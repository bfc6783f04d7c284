using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// An alarm or press that has had its effect, and on which order: a replay finds it here and does nothing.
/// </summary>
internal sealed class OrderAlarmRow
{
    public required string AlarmId { get; set; }

    public long OrderId { get; set; }
}

internal sealed class OrderAlarmTable : IEntityTypeConfiguration<OrderAlarmRow>
{
    public void Configure(EntityTypeBuilder<OrderAlarmRow> table)
    {
        table.ToTable("order_alarms");
        table.HasKey(row => row.AlarmId);
    }
}
