using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Transport.Log;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Tests.WorkOrders;

public class OrderOutcomeTests : IDisposable
{
    private readonly DeskRoom _room;

    public OrderOutcomeTests()
        : this(new Tables())
    {
    }

    private protected OrderOutcomeTests(Tables tables) => _room = new DeskRoom(tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _room.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_telemetry_began_has_an_outcome_and_a_press_has_none()
    {
        await LiveThroughAsync();

        Assert.Equal(Expected(), await OutcomesAsync());
        Assert.Equal(Expected()[..1], await _room.Desk.OutcomesAsync(1, Cancel));
    }

    [Fact]
    public async Task Orders_from_before_there_were_outcomes_are_given_theirs()
    {
        await LiveThroughAsync();
        await using var db = _room.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("DROP TABLE order_outcomes", Cancel);
        await db.Database.ExecuteSqlRawAsync(
            """DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%OrderOutcomes%'""", Cancel);

        StorageSetup.CreateTables(db);

        Assert.Equal(Expected(), await OutcomesAsync());
    }

    private static OrderOutcome[] Expected() =>
    [
        new("2026-11-0003", "b1-e2-0302", "water", Some.T0, "vacant-water", "W2", IdOf("b1-e2-0302"), null, null, null),
        new("2026-11-0002", "b1-e2-0301", "water", Some.T0, "vacant-water", "W2", IdOf("b1-e2-0301"), Some.At(10),
            Some.At(12), "leak-pipe"),
    ];

    private static AlarmId IdOf(string space) => Some.Leak(Some.T0, space).Id;

    private async Task LiveThroughAsync()
    {
        await _room.Desk.HandleAsync(
            [Some.Press("p", Some.T0), Some.Leak(Some.T0), Some.Leak(Some.T0, "b1-e2-0302")], new LogPosition(1),
            Cancel);
        _room.Time.Advance(TimeSpan.FromMinutes(10));
        await _room.Desk.DoAsync(2, new OrderCommand.Arrive(Some.Wang), Cancel);
        await _room.Desk.HandleAsync([Some.LeakCleared(Some.T0, Some.At(11))], new LogPosition(2), Cancel);
        _room.Time.Advance(TimeSpan.FromMinutes(2));
        await _room.Desk.DoAsync(2, new OrderCommand.Resolve("leak-pipe", "", Some.Wang), Cancel);
    }

    private Task<IReadOnlyList<OrderOutcome>> OutcomesAsync() => _room.Desk.OutcomesAsync(10, Cancel);
}
