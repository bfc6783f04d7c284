using Hub.Gateway.Cli;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Tests.Cli;

public sealed class HubRunCommandTests : IDisposable
{
    private static readonly SqliteException DiskError = new("disk I/O error", 10);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<Exception> Failures =>
    [
        DiskError,
        new LogFailedException("disk I/O error", 1034),
        // Several rooms at once, when they put their state away at the end.
        new AggregateException(DiskError, new AggregateException(DiskError)),
    ];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_disk_that_fails_at_the_start_or_at_the_end_is_told_in_a_line_with_exit_code_one(Exception failure) =>
        Assert.Equal(ExitCode.Failure, await RunAsync(failure));

    [Fact]
    public async Task A_bug_is_no_failure_of_a_disk_and_ends_the_program_with_its_trace() =>
        await Assert.ThrowsAsync<AggregateException>(() =>
            RunAsync(new AggregateException(DiskError, new InvalidOperationException())));

    private Task<int> RunAsync(Exception failure) => HubRunCommand.RunAsync(
        () => new HubOptions { DataFolder = _folder.Path }, _ => throw failure, "", TestContext.Current.CancellationToken);
}
