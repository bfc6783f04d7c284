using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Inspections;

/// <summary>One round: which units, in which order.</summary>
internal sealed class RoundRow
{
    /// <summary><c>2026-11</c>, or <c>2026-11-b3</c> for one building.</summary>
    public required string Id { get; set; }

    public long BegunTicks { get; set; }

    public required string By { get; set; }

    /// <summary>The units in walking order, with blanks between them.</summary>
    public required string Stops { get; set; }
}

/// <summary>One report as it came.</summary>
internal sealed class InspectionRow
{
    /// <summary>Made by the phone, so that sending it twice is one.</summary>
    public required string Id { get; set; }

    public required string RoundId { get; set; }

    public required string SpaceId { get; set; }

    public long AtTicks { get; set; }

    public long NotedTicks { get; set; }

    public required string By { get; set; }

    /// <summary>The report as JSON.</summary>
    public required string Body { get; set; }

    public bool IsSampled { get; set; }

    /// <summary>What quality found, as JSON; null before.</summary>
    public string? Sample { get; set; }
}

/// <summary>Something that is not as it should be, until it has been seen to be.</summary>
internal sealed class FindingRow
{
    public long Id { get; set; }

    public required string InspectionId { get; set; }

    public required string SpaceId { get; set; }

    public required string Item { get; set; }

    public required string Category { get; set; }

    public required string Words { get; set; }

    public long FoundTicks { get; set; }

    /// <summary>Its order; null before there is one.</summary>
    public long? OrderId { get; set; }

    public bool IsOpen { get; set; }

    /// <summary>Who looked again, when, and what was seen, as JSON; the last one counts.</summary>
    public required string Rechecks { get; set; }
}

/// <summary>A photo that an inspection has announced.</summary>
internal sealed class PhotoRow
{
    public required string InspectionId { get; set; }

    public required string Sha256 { get; set; }

    public long Bytes { get; set; }

    public string? Item { get; set; }
}

/// <summary>A dial as it was read.</summary>
internal sealed class TruthRow
{
    public long Id { get; set; }

    public int Point { get; set; }

    public required string Serial { get; set; }

    public long AtTicks { get; set; }

    public double Read { get; set; }

    public double? Ours { get; set; }

    public required string InspectionId { get; set; }

    public MeterTruth Truth() => new(Point, Serial, new DateTimeOffset(AtTicks, TimeSpan.Zero), Read, Ours);
}

internal sealed class InspectionTables : IEntityTypeConfiguration<RoundRow>, IEntityTypeConfiguration<InspectionRow>,
    IEntityTypeConfiguration<FindingRow>, IEntityTypeConfiguration<PhotoRow>, IEntityTypeConfiguration<TruthRow>
{
    public void Configure(EntityTypeBuilder<RoundRow> table) =>
        table.ToTable("inspection_rounds").HasKey(row => row.Id);

    public void Configure(EntityTypeBuilder<InspectionRow> table)
    {
        table.ToTable("inspections").HasKey(row => row.Id);
        table.HasIndex(row => row.RoundId);
        table.HasIndex(row => new { row.SpaceId, row.AtTicks });
    }

    public void Configure(EntityTypeBuilder<FindingRow> table)
    {
        table.ToTable("inspection_findings").HasKey(row => row.Id);
        table.HasIndex(row => row.IsOpen);
        table.HasIndex(row => row.InspectionId);
    }

    public void Configure(EntityTypeBuilder<PhotoRow> table)
    {
        table.ToTable("inspection_photos").HasKey(row => new { row.InspectionId, row.Sha256 });
        table.HasIndex(row => row.Sha256);
    }

    public void Configure(EntityTypeBuilder<TruthRow> table)
    {
        table.ToTable("meter_truths").HasKey(row => row.Id);
        table.HasIndex(row => new { row.Point, row.AtTicks });
    }
}
