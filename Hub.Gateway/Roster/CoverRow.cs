using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Roster;

/// <summary>A <see cref="Cover"/>; rows stay when they are over, and when they are taken back.</summary>
internal sealed class CoverRow
{
    public long Id { get; set; }

    public required string Absent { get; set; }

    public string? StandIn { get; set; }

    public long From { get; set; }

    public long To { get; set; }

    public required string MadeBy { get; set; }

    public long MadeAt { get; set; }

    /// <summary>When it was taken back; null if it was not.</summary>
    public long? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    public static CoverRow Of(CoverPlan plan, string by, DateTimeOffset at) => new()
    {
        Absent = plan.Absent,
        StandIn = plan.StandIn,
        From = plan.From.UtcTicks,
        To = plan.To.UtcTicks,
        MadeBy = by,
        MadeAt = at.UtcTicks,
    };

    public Cover Cover() => new(Id, Absent, StandIn, Instant(From), Instant(To), MadeBy);

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}

internal sealed class CoverTable : IEntityTypeConfiguration<CoverRow>
{
    public void Configure(EntityTypeBuilder<CoverRow> table)
    {
        table.ToTable("roster_covers");
        table.HasKey(row => row.Id);
        table.HasIndex(row => row.To);
    }
}
