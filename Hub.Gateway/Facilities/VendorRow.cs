using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Facilities;

/// <summary>A vendor of the list.</summary>
internal sealed class VendorRow
{
    public required string Id { get; set; }

    /// <summary>Rises with each change.</summary>
    public int Version { get; set; }

    /// <summary>The <see cref="Facilities.Vendor"/> as JSON.</summary>
    public required string Vendor { get; set; }

    public Vendor Read() => JsonSerializer.Deserialize<Vendor>(Vendor)!;

    public void Set(Vendor vendor) => (Vendor, Version) = (JsonSerializer.Serialize(vendor), Version + 1);

    internal sealed class Table : IEntityTypeConfiguration<VendorRow>
    {
        public void Configure(EntityTypeBuilder<VendorRow> table) =>
            table.ToTable("vendors").HasKey(row => row.Id);
    }
}
