namespace Hub.Gateway.Broker;

/// <summary>
/// The aliases that one connection has given to topics on their way to the client (3.3.2.3.4): the first topics get
/// one, for as long as the connection lasts.
/// </summary>
internal sealed class TopicAliases(int aliasesMax)
{
    /// <summary>Of all connections that take none: nothing is ever noted in it.</summary>
    public static readonly TopicAliases None = new(0);

    private readonly Dictionary<string, ushort> _aliases = new(StringComparer.Ordinal);

    /// <summary>What to send in place of a topic: its alias alone once the client knows it, or both.</summary>
    public (string Topic, ushort? Alias) For(string topic)
    {
        if (_aliases.TryGetValue(topic, out var known))
        {
            return ("", known);
        }

        return (topic, _aliases.Count < aliasesMax ? (ushort)(_aliases.Count + 1) : null);
    }

    /// <summary>The packet that says both is on its way.</summary>
    public void Know(string topic, ushort alias) => _aliases.TryAdd(topic, alias);
}
