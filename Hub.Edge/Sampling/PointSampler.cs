using System.Globalization;
using Hub.Edge.Sensing;

namespace Hub.Edge.Sampling;

/// <summary>
/// Decides about one point's samples: a possible value is told if it is worth it, and what can't be had twice in a row
/// is a fault. One sample at a time.
/// </summary>
public sealed class PointSampler(SampledPoint point, DeviceFaults faults, ISensingSink sink, TimeProvider time)
{
    /// <summary>One miss happens (a disturbed bit on a long wire); two in a row are told.</summary>
    private const int MissesMin = 2;

    private (double Value, DateTimeOffset At)? _told;
    private int _misses;

    public SampledPoint Point => point;

    /// <summary>The value that was told last, in the signal's unit; null before the first.</summary>
    public double? Last => _told?.Value;

    /// <summary>Takes what the sensor said, before scale and offset.</summary>
    public void Take(double raw)
    {
        var value = raw * point.Scale + point.Offset;
        if (!double.IsFinite(value) || value < point.ValueMin || value > point.ValueMax)
        {
            Miss(string.Create(CultureInfo.InvariantCulture,
                $"It says {value:0.######}, and {point.ValueMin:0.######} to {point.ValueMax:0.######} is possible."));
            return;
        }

        Pass();
        var now = time.GetUtcNow();
        if (_told is { } told && Math.Abs(value - told.Value) < point.Deadband && now - told.At < point.AtLeast)
        {
            return;
        }

        _told = (value, now);
        sink.Told(point.Device, point.Signal, value, now);
    }

    /// <summary>It answers, and says that it has no value at present (a current where none flows).</summary>
    public void Pass()
    {
        _misses = 0;
        faults.Clear(point);
    }

    /// <summary>There was no value to be had.</summary>
    public void Miss(string why)
    {
        if (++_misses >= MissesMin)
        {
            faults.Note(point, why);
        }
    }
}
