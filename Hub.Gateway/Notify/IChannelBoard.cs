using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>The channels as pages show and try them.</summary>
public interface IChannelBoard
{
    Task<IReadOnlyList<ChannelState>> StatesAsync(CancellationToken cancel);

    /// <summary>Says at once, past everything that waits, that the channel is tried.</summary>
    /// <returns>What came of it; null if there is no such channel.</returns>
    Task<SendAnswer?> TestAsync(string channel, CancellationToken cancel);

    /// <summary>Whoever keeps the channels may try each, others their own.</summary>
    bool MayTest(string channel, Actor by);

    /// <summary>Somebody's own channel is silent from now on, until then.</summary>
    /// <param name="channel">The channel's id.</param>
    /// <param name="until">Its end; null if none was understood.</param>
    /// <param name="by">Whose it is, or the chief.</param>
    /// <param name="cancel">Leaves everything as it was.</param>
    Task<PauseRefusal> PauseAsync(string channel, DateTimeOffset? until, Actor by, CancellationToken cancel);

    /// <summary>It speaks again.</summary>
    Task<PauseRefusal> ResumeAsync(string channel, Actor by, CancellationToken cancel);

    /// <summary>Everything that would ring for somebody now is paused.</summary>
    bool IsStill(string person);

    /// <summary>What was sent, the newest first; to one person where one is given.</summary>
    Task<IReadOnlyList<DeliveryLine>> LogAsync(string? person, int limit, CancellationToken cancel);
}
