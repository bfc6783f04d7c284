using Hub.Rules.Site;
using Hub.Transport.Messages;

namespace Hub.Gateway.Adapters;

/// <summary>
/// Messages of a broker beside an edge, as an adapter of that edge wants them: under the topic that they had there, and
/// with the time at which they came there. Those of any other adapter are as they are.
/// </summary>
internal static class Forwarded
{
    /// <summary>The topic as this adapter knows it; null for a message that isn't meant for it.</summary>
    public static string? TopicFor(DeclaredAdapter declared, string topic) =>
        declared.Edge is null ? topic
        : Topics.TryParseLocal(topic, out var edge, out var local) && edge == declared.Edge ? local
        : null;

    /// <summary>What to subscribe to so that what is on these filters comes.</summary>
    public static string FilterFor(DeclaredAdapter declared, string filter) =>
        declared.Edge is null ? filter : Topics.Local(declared.Edge, filter);

    /// <summary>Opens a message with a topic for this adapter; false if the edge can't have sent it so.</summary>
    /// <param name="now">Where the message's time can't be trusted, or it has none.</param>
    public static bool TryOpen(
        DeclaredAdapter declared, string topic, ReadOnlySpan<byte> payload, DateTimeOffset now,
        out AdapterMessage message, out SenMlClock clock)
    {
        clock = SenMlClock.Unstated;
        var own = TopicFor(declared, topic)!;
        message = new AdapterMessage(own, payload, now);
        if (declared.Edge is null)
        {
            return true;
        }

        if (!LocalMessage.TryRead(payload, out var at, out clock, out var body))
        {
            return false;
        }

        message = new AdapterMessage(own, body, clock == SenMlClock.Unsynced ? now : at);
        return true;
    }
}
