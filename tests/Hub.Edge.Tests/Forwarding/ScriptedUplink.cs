using System.Collections.Concurrent;
using Hub.Edge.Forwarding;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests.Forwarding;

/// <summary>An uplink that does as the test says: holds acknowledgements, refuses, goes away.</summary>
internal sealed class ScriptedUplink : IUplink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<Publication> Publications { get; } = new();

    public bool IsConnected { get; private set; } = true;

    /// <summary>Acknowledges at once; otherwise the test does it.</summary>
    public bool IsPrompt { get; set; } = true;

    public Task WhenChanged()
    {
        lock (_gate)
        {
            return _changed.Task;
        }
    }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        var publication = new Publication(topic, payload.ToArray());
        cancel.Register(() => publication.Answer.TrySetCanceled(cancel));
        if (IsPrompt)
        {
            publication.Answer.TrySetResult();
        }

        Publications.Enqueue(publication);
        _arrived.Release();
        return publication.Answer.Task;
    }

    public async Task<Publication> NextAsync(CancellationToken cancel)
    {
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(20), cancel), "Nothing was published.");
        Publications.TryDequeue(out var publication);
        return publication!;
    }

    public void Dispose() => _arrived.Dispose();

    public void Connect(bool isConnected)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            IsConnected = isConnected;
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.TrySetResult();
    }

    internal sealed record Publication(string Topic, byte[] Payload)
    {
        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsEvent => Topic.EndsWith("/events", StringComparison.Ordinal);

        /// <summary>Epoch and sequence of each record.</summary>
        public IEnumerable<(string Epoch, long Sequence)> Records()
        {
            var reader = new SenMlReader();
            Assert.True(reader.TryRead(Payload, DateTimeOffset.UnixEpoch, out var fault), fault);
            return Enumerable.Range(0, reader.Records.Length).Select(i =>
                (reader.EpochText, reader.Sequence + i)).ToArray();
        }
    }
}
