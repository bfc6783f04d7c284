namespace Hub.Gateway.Notify;

/// <summary>The channels as pages show and try them.</summary>
public interface IChannelBoard
{
    Task<IReadOnlyList<ChannelState>> StatesAsync(CancellationToken cancel);

    /// <summary>Says at once, past everything that waits, that the channel is tried.</summary>
    /// <returns>What came of it; null if there is no such channel.</returns>
    Task<SendAnswer?> TestAsync(string channel, CancellationToken cancel);

    /// <summary>What was sent, the newest first; to one person where one is given.</summary>
    Task<IReadOnlyList<DeliveryLine>> LogAsync(string? person, int limit, CancellationToken cancel);
}
