namespace Hub.Gateway.Adapters.Sparkplug;

/// <summary>What is remembered of one edge node between its birth and its death.</summary>
internal sealed class SparkplugNode
{
    private readonly Dictionary<ulong, SparkplugMetric> _aliases = [];
    private ulong _sequence;

    public bool IsBorn { get; private set; }

    /// <summary>Names this life; a death with another one is of an earlier life.</summary>
    public double? BirthNumber { get; private set; }

    public HashSet<string> Devices { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset RebirthAskedAt { get; set; }

    /// <summary>A new life: nothing of the one before holds.</summary>
    public void Bear(double? birthNumber, ulong sequence)
    {
        _aliases.Clear();
        (IsBorn, BirthNumber, _sequence) = (true, birthNumber, sequence);
    }

    public void Die() => IsBorn = false;

    /// <summary>
    /// Whether it is the number after the last one (6.4.5: 0 to 255, then 0); it is the last one from now on.
    /// </summary>
    public bool IsNext(ulong sequence)
    {
        var isNext = sequence == (_sequence + 1) % 256;
        _sequence = sequence;
        return isNext;
    }

    public void Remember(in SparkplugMetric metric, int aliasesMax)
    {
        if (metric.Alias is { } alias && _aliases.Count < aliasesMax)
        {
            _aliases[alias] = metric;
        }
    }

    /// <summary>The metric with the name, type and unit of its birth; null if its alias was never born.</summary>
    public SparkplugMetric? Named(in SparkplugMetric metric)
    {
        if (metric.Alias is not { } alias || !_aliases.TryGetValue(alias, out var born))
        {
            return metric.Name is null ? null : metric;
        }

        return metric with { Name = metric.Name ?? born.Name, Unit = born.Unit };
    }
}
