using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Access;

/// <summary>A device or an account. A revoked one stays, so that its name stays its own.</summary>
internal sealed class PrincipalRow
{
    public required string Name { get; set; }

    public PrincipalKind Kind { get; set; }

    /// <summary>An account's patterns, one a line.</summary>
    public string Publish { get; set; } = "";

    /// <inheritdoc cref="Publish"/>
    public string Subscribe { get; set; } = "";

    public DateTime AddedAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<PrincipalRow>
    {
        public void Configure(EntityTypeBuilder<PrincipalRow> builder) =>
            builder.ToTable("principals").HasKey(row => row.Name);
    }
}
