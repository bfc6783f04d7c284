namespace Hub.Edge.Setup;

/// <summary>The points of one configuration, whatever they are read from: each device and signal once.</summary>
internal sealed class TakenPoints(params IEnumerable<string> keys)
{
    private readonly HashSet<string> _keys = new(keys, StringComparer.Ordinal);

    public void Take(YamlSection section, string key)
    {
        if (!_keys.Add(key))
        {
            section.Refuse("signal", key, "each device and signal once", "Give the device another name.");
        }
    }
}
