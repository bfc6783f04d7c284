using Hub.Rules.Readings;

namespace Hub.Gateway.Fleet;

/// <summary>What is remembered of one device: when it was seen, and what it said about itself.</summary>
internal sealed class DeviceTrace
{
    public long SeenAtTicks { get; private set; }

    public long ArrivedAtTicks { get; private set; }

    public long Readings { get; private set; }

    /// <summary>
    /// How far its last reading's time was ahead of its arrival; a clock that is right is never ahead.
    /// </summary>
    public long AheadTicks { get; private set; }

    public double Battery { get; private set; } = double.NaN;

    public double ClockOffsetSeconds { get; private set; } = double.NaN;

    public double Backlog { get; private set; } = double.NaN;

    public double EventsLost { get; private set; } = double.NaN;

    /// <summary>When it last lost events; 0 for never.</summary>
    public long LostAtTicks { get; private set; }

    public void Take(string signal, in Reading reading, long arrivedAtTicks)
    {
        Readings++;
        ArrivedAtTicks = Math.Max(ArrivedAtTicks, arrivedAtTicks);
        AheadTicks = reading.AtTicks - arrivedAtTicks;
        // A time from the future must not hide the silence that follows it.
        var seenAt = Math.Min(reading.AtTicks, arrivedAtTicks);
        var isNews = seenAt >= SeenAtTicks;
        SeenAtTicks = Math.Max(SeenAtTicks, seenAt);
        if (isNews && signal.StartsWith("device.", StringComparison.Ordinal))
        {
            TakeOwn(signal, reading);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(SeenAtTicks);
        writer.Write(ArrivedAtTicks);
        writer.Write(Readings);
        writer.Write(AheadTicks);
        writer.Write(Battery);
        writer.Write(ClockOffsetSeconds);
        writer.Write(Backlog);
        writer.Write(EventsLost);
        writer.Write(LostAtTicks);
    }

    public static DeviceTrace Load(BinaryReader reader) => new()
    {
        SeenAtTicks = reader.ReadInt64(),
        ArrivedAtTicks = reader.ReadInt64(),
        Readings = reader.ReadInt64(),
        AheadTicks = reader.ReadInt64(),
        Battery = reader.ReadDouble(),
        ClockOffsetSeconds = reader.ReadDouble(),
        Backlog = reader.ReadDouble(),
        EventsLost = reader.ReadDouble(),
        LostAtTicks = reader.ReadInt64(),
    };

    private void TakeOwn(string signal, in Reading reading)
    {
        switch (signal)
        {
            case "device.battery":
                Battery = reading.Value;
                break;
            case "device.clock.offset":
                ClockOffsetSeconds = reading.Value;
                break;
            case "device.backlog":
                Backlog = reading.Value;
                break;
            case "device.events.lost":
                // Its first word is history: only a rise is news.
                LostAtTicks = reading.Value > EventsLost ? reading.AtTicks : LostAtTicks;
                EventsLost = reading.Value;
                break;
            default:
                break;
        }
    }
}
