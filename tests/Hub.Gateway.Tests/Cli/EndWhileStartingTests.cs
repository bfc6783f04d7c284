using System.Collections.Concurrent;
using System.Net;
using Hub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Cli;

public sealed class EndWhileStartingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_hub_that_is_told_to_end_while_it_starts_ends_quietly()
    {
        using var signal = new CancellationTokenSource();
        var said = new Said();
        var app = HubHost.Build(
            new HubOptions
            {
                DataFolder = _folder.Path,
                Http = new IPEndPoint(IPAddress.Loopback, 0),
                Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
            },
            TimeProvider.System,
            builder =>
            {
                builder.Logging.AddProvider(said);
                builder.Services.AddHostedService(_ => new Interrupted(signal));
            });

        var code = await HubHost.RunAsync(app, "", signal.Token);

        Assert.Equal(0, code);
        Assert.Empty(said.Bad);
    }

    /// <summary>The last room to start: the signal comes while it does.</summary>
    private sealed class Interrupted(CancellationTokenSource signal) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await signal.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>What is said louder than a warning.</summary>
    private sealed class Said : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Bad { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel > LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Bad.Enqueue($"{formatter(state, exception)} {exception?.Message}");
            }
        }

        public void Dispose()
        {
        }
    }
}
