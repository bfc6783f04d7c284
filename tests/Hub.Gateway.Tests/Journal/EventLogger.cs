using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Journal;

/// <summary>A log of which only the events' numbers are kept.</summary>
internal sealed class EventLogger<T> : ILogger<T>
{
    public ConcurrentQueue<int> Events { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Events.Enqueue(eventId.Id);
}
