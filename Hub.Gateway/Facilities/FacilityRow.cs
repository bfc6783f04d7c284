using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Facilities;

/// <summary>A facility's card.</summary>
internal sealed class FacilityRow
{
    public required string SpaceId { get; set; }

    /// <summary>Rises with each change.</summary>
    public int Version { get; set; }

    /// <summary>Also in the card: a vendor that is named can't be removed.</summary>
    public required string Vendor { get; set; }

    /// <summary>The <see cref="FacilityCard"/> as JSON.</summary>
    public required string Card { get; set; }

    public FacilityCard Read() => JsonSerializer.Deserialize<FacilityCard>(Card)!;

    public void Set(FacilityCard card) =>
        (Card, Vendor, Version) = (JsonSerializer.Serialize(card), card.Vendor, Version + 1);

    internal sealed class Table : IEntityTypeConfiguration<FacilityRow>
    {
        public void Configure(EntityTypeBuilder<FacilityRow> table) =>
            table.ToTable("facility_cards").HasKey(row => row.SpaceId);
    }
}
