using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Roster;

/// <summary>A roster as it was imported; the newest one counts.</summary>
internal sealed class RosterRow
{
    public long Id { get; set; }

    public long At { get; set; }

    public required string By { get; set; }

    /// <summary>A <see cref="RosterSheet"/> as JSON.</summary>
    public required string Body { get; set; }

    public RosterSheet Sheet() => JsonSerializer.Deserialize<RosterSheet>(Body, JsonSerializerOptions.Web)!;

    public static string Write(RosterSheet sheet) => JsonSerializer.Serialize(sheet, JsonSerializerOptions.Web);
}

internal sealed class RosterTableMap : IEntityTypeConfiguration<RosterRow>
{
    public void Configure(EntityTypeBuilder<RosterRow> table)
    {
        table.ToTable("rosters");
        table.HasKey(row => row.Id);
    }
}
