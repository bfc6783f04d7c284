using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Facilities;

/// <summary>What a machine's hour meter showed at some reading; later ones are in the history.</summary>
internal sealed class HourMeterRow
{
    public int Point { get; set; }

    public long RanTicks { get; set; }

    public long ThroughTicks { get; set; }

    public bool IsOn { get; set; }

    public HourMeter Meter() => new(RanTicks, ThroughTicks, IsOn);

    public void Set(HourMeter meter) =>
        (RanTicks, ThroughTicks, IsOn) = (meter.RanTicks, meter.ThroughTicks, meter.IsOn);

    internal sealed class Table : IEntityTypeConfiguration<HourMeterRow>
    {
        public void Configure(EntityTypeBuilder<HourMeterRow> table)
        {
            table.ToTable("facility_hours").HasKey(row => row.Point);
            table.Property(row => row.Point).ValueGeneratedNever();
        }
    }
}
