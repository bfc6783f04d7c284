namespace Hub.Gateway.Broker;

/// <summary>The order in which CONNECTs are handled: each takes the next turn, so many turns a second.</summary>
internal sealed class Arrivals(BrokerOptions options)
{
    private readonly Lock _gate = new();
    private Pace _pace;

    /// <summary>How long to wait for one's turn; null if it comes later than that, and then it isn't taken.</summary>
    public TimeSpan? Reserve(TimeSpan waitMax)
    {
        lock (_gate)
        {
            var earned = _pace.Earned(options.ConnectsPerSecondMax, options.NetworkTime);
            return (1 - earned) / options.ConnectsPerSecondMax > waitMax.TotalSeconds
                ? null
                : _pace.Spend(1, options.ConnectsPerSecondMax, options.NetworkTime);
        }
    }
}
