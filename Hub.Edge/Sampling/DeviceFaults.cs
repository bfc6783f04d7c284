using Hub.Edge.Sensing;

namespace Hub.Edge.Sampling;

/// <summary>
/// Which points can't be read, and why. A device one of whose points can't be is told as away (<c>device.online</c> 0),
/// and as there again when all can. Any thread.
/// </summary>
public sealed class DeviceFaults(ISensingSink sink, TimeProvider time)
{
    private const string OnlineSignal = "device.online";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (string Device, string Why)> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _devices = new(StringComparer.Ordinal);

    /// <summary>A point can't be read, with the reason; or can be again, or need not, with none.</summary>
    public event Action<string, string?>? Changed;

    /// <summary>The first of them, in a sentence; null while all can be read.</summary>
    public string? First
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count == 0 ? null : _faults.Select(fault => $"{fault.Key}: {fault.Value.Why}").First();
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count;
            }
        }
    }

    public void Note(SampledPoint point, string why)
    {
        bool isNew, wasOnline;
        lock (_gate)
        {
            wasOnline = IsOnline(point.Device);
            Know_NeedsLock(point);
            isNew = !_faults.ContainsKey(point.Key);
            _faults[point.Key] = (point.Device, why);
        }

        if (isNew)
        {
            Changed?.Invoke(point.Key, why);
        }

        if (wasOnline)
        {
            Tell(point.Device, isOnline: false);
        }
    }

    public void Clear(SampledPoint point)
    {
        bool wasFaulty, isNews;
        lock (_gate)
        {
            wasFaulty = _faults.Remove(point.Key);
            isNews = (Know_NeedsLock(point) || wasFaulty) && IsOnline(point.Device);
        }

        if (wasFaulty)
        {
            Changed?.Invoke(point.Key, null);
        }

        if (isNews)
        {
            Tell(point.Device, isOnline: true);
        }
    }

    /// <summary>
    /// Nobody reads the point any more. If it was why its device was told as away, that holds no longer; a device with
    /// no point left is not told of again.
    /// </summary>
    public void Forget(SampledPoint point)
    {
        bool wasFaulty, isNews;
        lock (_gate)
        {
            wasFaulty = _faults.Remove(point.Key);
            isNews = wasFaulty && IsOnline(point.Device);
            if (_devices.TryGetValue(point.Device, out var points) && points.Remove(point.Key) && points.Count == 0)
            {
                _devices.Remove(point.Device);
            }
        }

        if (wasFaulty)
        {
            Changed?.Invoke(point.Key, null);
        }

        if (isNews)
        {
            Tell(point.Device, isOnline: true);
        }
    }

    /// <summary>Tells of every device whether it is there, as it stands.</summary>
    public void TellAll()
    {
        (string Device, bool IsOnline)[] all;
        lock (_gate)
        {
            all = [.. _devices.Keys.Select(device => (device, IsOnline(device)))];
        }

        foreach (var (device, isOnline) in all)
        {
            Tell(device, isOnline);
        }
    }

    /// <summary>True if nothing was known of the point's device.</summary>
    private bool Know_NeedsLock(SampledPoint point)
    {
        if (_devices.TryGetValue(point.Device, out var points))
        {
            points.Add(point.Key);
            return false;
        }

        _devices[point.Device] = new HashSet<string>(StringComparer.Ordinal) { point.Key };
        return true;
    }

    private bool IsOnline(string device) => _faults.Values.All(fault => fault.Device != device);

    private void Tell(string device, bool isOnline) =>
        sink.Told(device, OnlineSignal, isOnline ? 1 : 0, time.GetUtcNow());
}
