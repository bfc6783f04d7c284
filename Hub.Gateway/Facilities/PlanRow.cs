using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Facilities;

/// <summary>A plan and where it stands. What people write and what the hub notes are columns of their own.</summary>
internal sealed class PlanRow
{
    public required string SpaceId { get; set; }

    public required string Id { get; set; }

    /// <summary>Rises with each change by a person.</summary>
    public int Version { get; set; }

    /// <summary>No more orders. The row stays: a plan of that name that is made anew knows its orders.</summary>
    public bool IsEnded { get; set; }

    /// <summary>The plan as JSON.</summary>
    public required string Plan { get; set; }

    /// <summary>Its <see cref="PlanState"/> as JSON.</summary>
    public required string State { get; set; }

    public MaintenancePlan ReadPlan() => JsonSerializer.Deserialize<MaintenancePlan>(Plan)!;

    public PlanState ReadState() => JsonSerializer.Deserialize<PlanState>(State)!;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value);

    internal sealed class Table : IEntityTypeConfiguration<PlanRow>
    {
        public void Configure(EntityTypeBuilder<PlanRow> table) =>
            table.ToTable("maintenance_plans").HasKey(row => new { row.SpaceId, row.Id });
    }
}
