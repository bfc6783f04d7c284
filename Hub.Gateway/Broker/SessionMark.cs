using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Broker;

/// <summary>
/// The journal row up to which the saved sessions know which QoS 2 messages were taken and released; the rows after it
/// are read again at the next start.
/// </summary>
internal sealed class SessionMark
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    public required long Position { get; init; }

    public sealed class Table : IEntityTypeConfiguration<SessionMark>
    {
        public void Configure(EntityTypeBuilder<SessionMark> builder)
        {
            builder.ToTable("session_mark");
            builder.HasKey(mark => mark.Id);
            builder.Property(mark => mark.Id).ValueGeneratedNever();
        }
    }
}
