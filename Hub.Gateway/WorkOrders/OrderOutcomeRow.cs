using Hub.Rules.Alarms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// What an order that telemetry began says of its rule. Beside the order and not in it, so that what is counted over
/// years of them is short rows in the order of their ids, and a press writes nothing here. Instants are UTC ticks.
/// </summary>
internal sealed class OrderOutcomeRow
{
    public long OrderId { get; set; }

    public required string Number { get; set; }

    public required string SpaceId { get; set; }

    public required string Symptom { get; set; }

    public long StartedAt { get; set; }

    public required string Rule { get; set; }

    public required string Detector { get; set; }

    public required string Alarm { get; set; }

    public long? ArrivedAt { get; set; }

    public long? ResolvedAt { get; set; }

    public string? Cause { get; set; }

    /// <summary>Null for an order that telemetry has not begun.</summary>
    public static OrderOutcomeRow? Of(WorkOrder order) =>
        order is not { Source: OrderSource.Telemetry, Alarms: [var first, ..] } ? null : new()
        {
            OrderId = order.Id,
            Number = order.Number,
            SpaceId = order.SpaceId,
            Symptom = order.Symptom,
            StartedAt = order.StartedAt.UtcTicks,
            Rule = first.RuleId,
            Detector = first.Detector,
            Alarm = first.Id.Value,
            ArrivedAt = order.ArrivedAt?.UtcTicks,
            ResolvedAt = order.ResolvedAt?.UtcTicks,
            Cause = order.Cause,
        };

    public OrderOutcome Outcome()
    {
        return new OrderOutcome(
            Number, SpaceId, Symptom, At(StartedAt), Rule, Detector, new AlarmId(Alarm),
            ArrivedAt is { } arrived ? At(arrived) : null, ResolvedAt is { } resolved ? At(resolved) : null, Cause);

        static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
    }
}

internal sealed class OrderOutcomeTable : IEntityTypeConfiguration<OrderOutcomeRow>
{
    public void Configure(EntityTypeBuilder<OrderOutcomeRow> table)
    {
        table.ToTable("order_outcomes");
        table.HasKey(row => row.OrderId);
        table.Property(row => row.OrderId).ValueGeneratedNever();
    }
}
