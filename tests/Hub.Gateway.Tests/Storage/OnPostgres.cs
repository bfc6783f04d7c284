using Hub.Gateway.Tests.Facilities;
using Hub.Gateway.Tests.Homecoming;
using Hub.Gateway.Tests.Inspections;
using Hub.Gateway.Tests.Notify;
using Hub.Gateway.Tests.Reports;
using Hub.Gateway.Tests.Roster;
using Hub.Gateway.Tests.Units;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Hub.Gateway.Tests.Storage;

// The same tests once more, with a real PostgreSQL behind them.
public sealed class MigrationsOnPostgresTests(PostgresServer server) : MigrationsTests
{
    private protected override string Columns => """
        SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, is_identity) AS "Value"
        FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1
        """;

    private protected override string Indexes => """
        SELECT replace(indexdef, current_schema() || '.', '') AS "Value"
        FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1
        """;

    private protected override Tables NewTables() => new(server);
}

public sealed class OrderDeskOnPostgresTests(PostgresServer server) : OrderDeskTests(new Tables(server));

public sealed class OrderOutcomeOnPostgresTests(PostgresServer server) : OrderOutcomeTests(new Tables(server));

public sealed class ClockServiceOnPostgresTests(PostgresServer server) : ClockServiceTests(new Tables(server));

public sealed class PlanBookOnPostgresTests(PostgresServer server) : PlanBookTests(new Tables(server));

public sealed class RosterBookOnPostgresTests(PostgresServer server) : RosterBookTests(new Tables(server));

public sealed class PauseBookOnPostgresTests(PostgresServer server) : PauseBookTests(new Tables(server));

public sealed class PostmanOnPostgresTests(PostgresServer server) : PostmanTests
{
    private protected override int Crashes => 10;

    private protected override Tables NewTables() => new(server);
}

/// <summary>One hub for the tests of all its rooms.</summary>
public sealed class WholeHubOnPostgres(PostgresServer server) : WholeHub
{
    private readonly PostgresOptions _place = new(server.NewPlace(), PostgresServer.Password);

    private protected override PostgresOptions Postgres => _place;
}

[CollectionDefinition(nameof(WholeHubOnPostgres))]
public sealed class WholeHubOnPostgresTests : ICollectionFixture<WholeHubOnPostgres>;

[Collection(nameof(WholeHubOnPostgres))]
public sealed class UnitsOnPostgresTests(WholeHubOnPostgres hub) : UnitsApiTests(hub);

[Collection(nameof(WholeHubOnPostgres))]
public sealed class ReportsOnPostgresTests(WholeHubOnPostgres hub) : ReportsApiTests(hub);

[Collection(nameof(WholeHubOnPostgres))]
public sealed class FindingOnPostgresTests(WholeHubOnPostgres hub) : FindingTests(hub);

[Collection(nameof(WholeHubOnPostgres))]
public sealed class OfflineRoundOnPostgresTests(WholeHubOnPostgres hub) : OfflineRoundTests(hub);

// Days pass in this one, so it has a hub of its own.
[CollectionDefinition(nameof(HomecomingOnPostgresTests))]
public sealed class HomecomingHubOnPostgres : ICollectionFixture<WholeHubOnPostgres>;

[Collection(nameof(HomecomingOnPostgresTests))]
public sealed class HomecomingOnPostgresTests(WholeHubOnPostgres hub) : HomecomingTests(hub);

public sealed class DeskReplayOnPostgresTests(PostgresServer server)
{
    [Fact]
    public Task Killed_and_replayed_from_anywhere_the_orders_are_the_same() =>
        new DeskReplayTests { NewTables = () => new Tables(server) }
            .Killed_and_replayed_from_anywhere_the_orders_are_the_same(1);
}
