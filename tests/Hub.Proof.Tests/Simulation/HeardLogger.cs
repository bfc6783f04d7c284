using Microsoft.Extensions.Logging;

namespace Hub.Proof.Tests.Simulation;

/// <summary>A log of which only is known that it warned.</summary>
internal sealed class HeardLogger<T>(Action onWarning) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            onWarning();
        }
    }
}
