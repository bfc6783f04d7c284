using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.WorkOrders;

public sealed partial class OrderDesk
{
    /// <summary>The chart samples frozen into an order; empty if there are none (yet).</summary>
    public async Task<IReadOnlyList<EvidenceSeries>> EvidenceAsync(long id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<OrderEvidenceRow>().AsNoTracking().FirstOrDefaultAsync(row => row.OrderId == id, cancel);
        return SeriesOf(row);
    }

    /// <summary>Freezes chart samples into an order, once for each point; what is frozen stays.</summary>
    public async Task FreezeAsync(long id, IReadOnlyList<EvidenceSeries> series, CancellationToken cancel)
    {
        using var turn = await _desk.TakeAsync(cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Set<OrderEvidenceRow>().FirstOrDefaultAsync(row => row.OrderId == id, cancel);
        var all = SeriesOf(row).UnionBy(series, one => one.Point);
        var text = JsonSerializer.Serialize(all, OrderJson.Stored);
        if (row is null)
        {
            db.Add(new OrderEvidenceRow { OrderId = id, Series = text });
        }
        else
        {
            row.Series = text;
        }

        await db.SaveChangesAsync(CancellationToken.None);
        feed.Publish(Topic, id.ToString(CultureInfo.InvariantCulture));
    }

    private static List<EvidenceSeries> SeriesOf(OrderEvidenceRow? row) =>
        row is null ? [] : JsonSerializer.Deserialize<List<EvidenceSeries>>(row.Series, OrderJson.Stored)!;
}
