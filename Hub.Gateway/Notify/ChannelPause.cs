namespace Hub.Gateway.Notify;

/// <summary>Somebody's own channel is silent for a while.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="From">From then on.</param>
/// <param name="To">Until then.</param>
/// <param name="By">Who wanted it.</param>
public sealed record ChannelPause(string Channel, DateTimeOffset From, DateTimeOffset To, string By)
{
    public bool Holds(DateTimeOffset at) => From <= at && at < To;
}
