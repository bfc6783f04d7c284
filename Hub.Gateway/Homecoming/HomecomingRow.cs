using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Homecoming;

/// <summary>A return that is still to come; one a unit.</summary>
internal sealed class HomecomingRow
{
    public required string SpaceId { get; set; }

    /// <summary>The plan as JSON.</summary>
    public required string Plan { get; set; }

    public HomecomingPlan Read() => JsonSerializer.Deserialize<HomecomingPlan>(Plan)
        ?? throw new JsonException("A plan can't be null.");

    public static string Write(HomecomingPlan plan) => JsonSerializer.Serialize(plan);

    internal sealed class Table : IEntityTypeConfiguration<HomecomingRow>
    {
        public void Configure(EntityTypeBuilder<HomecomingRow> table) =>
            table.ToTable("homecomings").HasKey(row => row.SpaceId);
    }
}
