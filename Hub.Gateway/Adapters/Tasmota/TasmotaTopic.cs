namespace Hub.Gateway.Adapters.Tasmota;

/// <summary>
/// A device's FullTopic, as Tasmota writes it: <c>%prefix%/%topic%</c>. A topic of it has one level more: what it is
/// about. The device's own topic may have several levels (Zigbee devices behind it).
/// </summary>
internal sealed class TasmotaTopic
{
    private readonly string[] _levels;
    private readonly int _topicAt;
    private readonly int _after;

    public TasmotaTopic(string fullTopic)
    {
        _levels = fullTopic.Split('/');
        _topicAt = Array.IndexOf(_levels, "%topic%");
        _after = _levels.Length - _topicAt - 1;
    }

    /// <summary>What takes all topics with that prefix; a device of several levels is why it ends with '#'.</summary>
    public string FilterOf(string prefix) => string.Join(
        '/', [.. _levels.Take(_topicAt).Select(level => level == "%prefix%" ? prefix : level), "#"]);

    /// <summary>The parts of a topic; false if it isn't one of these.</summary>
    public bool TryRead(string topic, out string prefix, out string device, out string about)
    {
        (prefix, device, about) = ("", "", "");
        var levels = topic.Split('/');
        var span = levels.Length - _levels.Length;
        if (_topicAt < 0 || span < 1)
        {
            return false;
        }

        for (var i = 0; i < _levels.Length; i++)
        {
            var level = levels[i <= _topicAt ? i : i + span - 1];
            if (_levels[i] == "%prefix%")
            {
                prefix = level;
            }
            else if (i != _topicAt && level != _levels[i])
            {
                return false;
            }
        }

        about = levels[^1];
        device = string.Join('/', levels[_topicAt..(levels.Length - _after - 1)]);
        return true;
    }
}
