using Hub.Gateway.Tests.Facilities;
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

public sealed class DeskReplayOnPostgresTests(PostgresServer server)
{
    [Fact]
    public Task Killed_and_replayed_from_anywhere_the_orders_are_the_same() =>
        new DeskReplayTests { NewTables = () => new Tables(server) }
            .Killed_and_replayed_from_anywhere_the_orders_are_the_same(1);
}
