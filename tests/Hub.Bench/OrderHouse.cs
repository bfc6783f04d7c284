using System.Globalization;
using System.Net;
using Hub.Gateway;
using Hub.Gateway.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;
using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Bench;

/// <summary>A whole hub in this process, for a compound of 3,000 units, with as many orders as asked for.</summary>
internal sealed class OrderHouse : IAsyncDisposable
{
    private const int Units = 3_000;
    private const int UnfollowedEvery = 100;

    private static readonly Actor Butler = new("butler-07", ActorRole.Butler, "管家 07");
    private static readonly Actor Chief = new("chief-02", ActorRole.Chief, "大管家");
    private static readonly string[] Kinds = ["summon", "summon", "request", "repair", "complaint", "leak"];

    private readonly TempFolder _folder = new();
    private readonly HubOptions _options;

    public OrderHouse(int lobbies)
    {
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllText(_folder["site.yaml"], Site(lobbies));
        _options = new HubOptions
        {
            DataFolder = _folder["data"],
            SiteFile = _folder["site.yaml"],
            Http = new IPEndPoint(IPAddress.Loopback, FreePorts.Next()),
            Mqtt = new IPEndPoint(IPAddress.Loopback, FreePorts.Next()),
            AllowAnonymousLoopback = true,
        };
        App = HubHost.Build(_options, TimeProvider.System, builder => builder.Logging.ClearProviders());
        using var db = App.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContext();
        StorageSetup.CreateTables(db);
    }

    public WebApplication App { get; }

    public int MqttPort => _options.Mqtt.Port;

    public Uri Pages => new($"http://{_options.Http}/");

    public string this[string name] => _folder[name];

    public long DatabaseBytes => new FileInfo(_folder["data/hub.db"]).Length;

    /// <summary>Ten years of orders, the last ones open. Written past the desk, as it would have written them.</summary>
    public void Fill(int orders, int open)
    {
        using var db = new SqliteConnection($"Data Source={_folder["data/hub.db"]}");
        db.Open();
        var policy = OrderPolicy.Standard;
        var now = TimeProvider.System.GetUtcNow();
        var began = now.AddDays(-3650);
        const int Together = 20_000;
        for (var from = 0; from < orders; from += Together)
        {
            using var transaction = db.BeginTransaction();
            using var row = Insert(db, transaction, "orders", 12);
            using var happened = Insert(db, transaction, "order_events", 5);
            using var outcome = Insert(db, transaction, "order_outcomes", 11);
            for (var i = from; i < Math.Min(orders, from + Together); i++)
            {
                var at = i >= orders - open
                    ? now.AddSeconds(i - orders)
                    : began + ((now.AddDays(-2) - began) / orders * i);
                var events = Life(i + 1, at, i < orders - open);
                var order = WorkOrder.Fold(events);
                Write(row, OrderRow.Of(order, policy));
                if (OrderOutcomeRow.Of(order) is { } came)
                {
                    Run(
                        outcome, came.OrderId, came.Number, came.SpaceId, came.Symptom, came.StartedAt, came.Rule,
                        came.Detector, came.Alarm, came.ArrivedAt, came.ResolvedAt, came.Cause);
                }

                for (var sequence = 0; sequence < events.Count; sequence++)
                {
                    var one = OrderEventRow.Of(i + 1, sequence + 1, events[sequence]);
                    Run(happened, one.OrderId, one.Sequence, one.At, one.NotedAt, one.Body);
                }
            }

            transaction.Commit();
        }

        using var desk = Insert(db, null, "order_desk", 5);
        Run(desk, DeskRow.TheId, 0, orders, 0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static List<OrderEvent> Life(int id, DateTimeOffset at, bool isOver)
    {
        var kind = Kinds[id % Kinds.Length];
        var space = kind == "summon" ? $"button-{id % 60}" : $"u{id * 7919L % Units}";
        var request = new OrderRequest(kind, isOver ? kind : $"{kind}-{id}", OrderPriority.Normal, "butler");
        var alarm = kind != "leak" ? null : new OrderAlarm(
            new AlarmId($"vacant-water|{space}/w|{at.AddHours(-4):O}"), "vacant-water", "W2", 3, $"{space}/w",
            "water.volume", at, isOver ? at.AddMinutes(15) : null);
        var raise = new OrderCommand.Raise(
            space, request, at, alarm is null ? Butler : Actor.Hub, alarm, Words: $"Order {id}: what the resident said.");
        var events = WorkOrder.Raise(id, $"{at:yyyy-MM}-{id:000000}", raise, at).ToList();
        if (!isOver)
        {
            return events;
        }

        var order = WorkOrder.Fold(events);
        Do(new OrderCommand.Accept(Butler), 1);
        Do(new OrderCommand.Arrive(Butler), 4);
        Do(new OrderCommand.Resolve("helped", "What was done, in a sentence or two.", Butler), 20);
        if (id % UnfollowedEvery != 0)
        {
            Do(new OrderCommand.FollowUp("phone", "Content.", 5, Chief), 300);
        }

        return events;

        void Do(OrderCommand command, double minutes)
        {
            foreach (var happened in ((OrderDecision.Done)order.Decide(command, at.AddMinutes(minutes))).Events)
            {
                events.Add(happened);
                order = order.Apply(happened);
            }
        }
    }

    private static void Write(SqliteCommand insert, OrderRow row) => Run(
        insert, row.Id, row.Number, row.SpaceId, row.Symptom, row.Kind, (int)row.State, row.IsOpen, row.StartedAt,
        row.ResolvedAt, row.WakeAt, row.Version, row.Snapshot);

    private static SqliteCommand Insert(SqliteConnection db, SqliteTransaction? transaction, string table, int columns)
    {
        var insert = db.CreateCommand();
        insert.Transaction = transaction;
        var names = Enumerable.Range(0, columns).Select(index => $"$v{index}").ToList();
        insert.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", names)})";
        foreach (var name in names)
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return insert;
    }

    private static void Run(SqliteCommand insert, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        insert.ExecuteNonQuery();
    }

    private static string Site(int lobbies)
    {
        var buttons = Enumerable.Range(0, lobbies).ToList();
        var lines = new List<string> { "spaces:" };
        lines.AddRange(buttons.Select(i => $"  - {{ id: button-{i}, kind: lobby, name: button-{i}, building: b{i % 20} }}"));
        lines.AddRange(Enumerable.Range(0, Units).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"  - {{ id: u{i}, kind: unit, name: \"{i % 20}-{i / 20}\", building: b{i % 20}, occupancy: {(i % 10 == 0 ? "custody" : "occupied")} }}")));
        lines.Add("edges:");
        lines.AddRange(buttons.Select(i =>
            $"  - {{ id: button-{i}, devices: [ {{ space: button-{i}, points: [ {{ signal: button.press }} ] }} ] }}"));
        return string.Join('\n', lines) + "\n";
    }
}
