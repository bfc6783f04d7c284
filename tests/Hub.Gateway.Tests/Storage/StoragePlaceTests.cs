using Hub.Gateway.Cli;
using Hub.Gateway.Storage;
using Hub.Testing;
using Npgsql;

namespace Hub.Gateway.Tests.Storage;

public sealed class StoragePlaceTests(PostgresServer server) : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_one_database_there_is_one_hub()
    {
        var options = On(server.NewPlace());
        await using (await StoragePlace.HoldAsync(options, Cancel))
        {
            Assert.Contains("Another hub", await RefusalAsync(options), StringComparison.Ordinal);
        }

        await using var free = await StoragePlace.HoldAsync(options, Cancel);
        Assert.NotNull(free);
    }

    [Fact]
    public async Task A_folder_whose_tables_are_in_PostgreSQL_does_not_begin_again_without_them()
    {
        var place = server.NewPlace();
        await using (await StoragePlace.HoldAsync(On(place), Cancel))
        {
        }

        Assert.Contains("BUILDINGHUB__POSTGRES__CONNECTION", await RefusalAsync(On(null)), StringComparison.Ordinal);
        Assert.Contains("is asked for", await RefusalAsync(On($"{place};Database=other")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_a_hub_db_does_not_begin_again_in_PostgreSQL()
    {
        await File.WriteAllTextAsync(_folder["hub.db"], "", Cancel);

        Assert.Contains("hub.db", await RefusalAsync(On("Host=nowhere;Database=hub")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_lets_nobody_in_is_an_error_that_does_not_say_the_password()
    {
        var options = new HubOptions
        {
            DataFolder = _folder.Path,
            Postgres = new PostgresOptions(server.NewPlace(), "not the word at all"),
        };

        var refused = await Assert.ThrowsAsync<PostgresException>(() => StoragePlace.HoldAsync(options, Cancel));

        Assert.DoesNotContain("not the word", $"{refused}{options}", StringComparison.Ordinal);
        Assert.Null(StoragePlace.Of(_folder.Path));
    }

    [Theory]
    [InlineData("Host=db;Database=hub;Password=s3cret")]
    [InlineData("Host=db")]
    [InlineData("Host=db;Database=hub;s3cret=1")]
    public void A_connection_string_that_can_t_be_used_is_named_and_not_repeated(string connection)
    {
        var fault = Assert.Throws<FormatException>(() => Read(("CONNECTION", connection)));

        Assert.StartsWith("BUILDINGHUB__POSTGRES__CONNECTION", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_may_lie_in_a_file()
    {
        File.WriteAllText(_folder["word"], "s3cret\n");

        var options = Read(("CONNECTION", "Host=db;Database=hub"), ("PASSWORD_FILE", _folder["word"]));

        Assert.EndsWith("Password=s3cret", options!.ConnectionString.Split(';')[2], StringComparison.Ordinal);
        Assert.Equal("db:5432/hub", options.Place);
        Assert.Null(Read());
    }

    private static PostgresOptions? Read(params (string Name, string Value)[] settings) =>
        PostgresSettings.FromEnvironment(
            name => settings.LastOrDefault(setting => name == PostgresSettings.Prefix + setting.Name).Value);

    private HubOptions On(string? place) => new()
    {
        DataFolder = _folder.Path,
        Postgres = place is null ? null : new PostgresOptions(place, PostgresServer.Password),
    };

    private static async Task<string> RefusalAsync(HubOptions options) =>
        (await Assert.ThrowsAsync<IOException>(() => StoragePlace.HoldAsync(options, Cancel))).Message;
}
