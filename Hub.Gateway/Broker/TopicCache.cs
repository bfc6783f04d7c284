using System.Text;

namespace Hub.Gateway.Broker;

/// <summary>
/// The routes of the topics that one connection publishes to; usually two or three, and the same again and again.
/// </summary>
internal sealed class TopicCache(Func<byte[], string, TopicRoute> find, IIntake intake, int topicsMax)
{
    private readonly List<TopicRoute> _routes = [];
    private TopicRoute? _last;
    private long _version;

    public TopicRoute Find(ReadOnlySpan<byte> topic)
    {
        if (_version != intake.RoutesVersion)
        {
            _version = intake.RoutesVersion;
            _routes.Clear();
            _last = null;
        }

        if (_last is { } last && topic.SequenceEqual(last.Utf8))
        {
            return last;
        }

        foreach (var route in _routes)
        {
            if (topic.SequenceEqual(route.Utf8))
            {
                return _last = route;
            }
        }

        if (_routes.Count >= topicsMax)
        {
            _routes.Clear();
        }

        _last = find(topic.ToArray(), Encoding.UTF8.GetString(topic));
        _routes.Add(_last);
        return _last;
    }
}
