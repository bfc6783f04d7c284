using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.WorkOrders;

/// <summary>The desk's one row: how far it has read, and the last number it gave.</summary>
internal sealed class DeskRow
{
    public const int TheId = 1;

    public int Id { get; set; } = TheId;

    /// <summary>The journal row up to which all transitions have had their effect.</summary>
    public long Cursor { get; set; }

    public long OrderIdLast { get; set; }

    /// <summary>The month of the last number, as 202611 in the site's zone.</summary>
    public int Month { get; set; }

    public int NumberLast { get; set; }

    public DeskRow Copy() => (DeskRow)MemberwiseClone();

    /// <summary>The next id and readable number. A clock set back does not go back to last month's numbers.</summary>
    public (long Id, string Number) Next(DateTimeOffset local)
    {
        var month = (local.Year * 100) + local.Month;
        if (month > Month)
        {
            (Month, NumberLast) = (month, 0);
        }

        NumberLast++;
        return (++OrderIdLast, $"{Month / 100:0000}-{Month % 100:00}-{NumberLast:0000}");
    }
}

internal sealed class DeskTable : IEntityTypeConfiguration<DeskRow>
{
    public void Configure(EntityTypeBuilder<DeskRow> table)
    {
        table.ToTable("order_desk");
        table.HasKey(row => row.Id);
        table.Property(row => row.Id).ValueGeneratedNever();
    }
}
