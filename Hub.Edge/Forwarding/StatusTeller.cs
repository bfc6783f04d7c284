using Hub.Transport.Messages;

namespace Hub.Edge.Forwarding;

/// <summary>
/// The edge's status at the hub, retained: with each connection as its birth, again when it changes, and a goodbye. Of
/// an edge that dies the will says it.
/// </summary>
public sealed class StatusTeller(
    string edge, MqttUplink uplink, Func<EdgeState, EdgeStatusMessage> status, TimeProvider pace) : IDisposable
{
    private static readonly TimeSpan FarewellFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _due = new(0);

    /// <summary>The next connection begins with the status as it is now.</summary>
    public void SetBirth() => uplink.SetBirth(Topics.Status(edge), status(EdgeState.Online).ToJson());

    /// <summary>It is another one now.</summary>
    public void Change()
    {
        SetBirth();
        _due.Release();
    }

    /// <summary>Tells each change.</summary>
    /// <exception cref="UplinkRefusedException">The hub does not want to know.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _due.WaitAsync(stopping);
            await TellAsync(EdgeState.Online, stopping);
        }
    }

    public async Task SayGoodbyeAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(FarewellFor, pace);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await TellAsync(EdgeState.Offline, both.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or UplinkRefusedException)
        {
            // Then the hub finds out by the silence.
        }
    }

    public void Dispose() => _due.Dispose();

    private Task TellAsync(EdgeState state, CancellationToken cancel) =>
        uplink.PublishAsync(Topics.Status(edge), status(state).ToJson(), retain: true, cancel);
}
