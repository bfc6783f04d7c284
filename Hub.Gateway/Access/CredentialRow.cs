using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Access;

/// <summary>One way to prove to be a principal. Of a secret only a hash is here.</summary>
internal sealed class CredentialRow
{
    public long Id { get; set; }

    public required string Principal { get; set; }

    public CredentialKind Kind { get; set; }

    public required string Value { get; set; }

    public DateTime AddedAt { get; set; }

    public DateTime? EndsAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<CredentialRow>
    {
        public void Configure(EntityTypeBuilder<CredentialRow> builder)
        {
            builder.ToTable("credentials").HasKey(row => row.Id);
            builder.HasIndex(row => row.Principal);
        }
    }
}
