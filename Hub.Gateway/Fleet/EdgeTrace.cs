namespace Hub.Gateway.Fleet;

/// <summary>What is remembered of one edge beside its devices.</summary>
internal sealed class EdgeTrace
{
    public bool? IsOnline { get; private set; }

    public long PresenceAtTicks { get; private set; }

    public long SeenAtTicks { get; private set; }

    public long ArrivedAtTicks { get; private set; }

    public long Readings { get; private set; }

    /// <summary>When it last sent a value that can't be; 0 for never.</summary>
    public long ImpossibleAtTicks { get; set; }

    public void Take(bool isOnline, long atTicks)
    {
        // Said again, it is still since the first time.
        PresenceAtTicks = IsOnline == isOnline ? PresenceAtTicks : atTicks;
        IsOnline = isOnline;
        ArrivedAtTicks = isOnline ? Math.Max(ArrivedAtTicks, atTicks) : ArrivedAtTicks;
    }

    public void Take(int readings, long newestAtTicks, long arrivedAtTicks)
    {
        Readings += readings;
        SeenAtTicks = Math.Max(SeenAtTicks, Math.Min(newestAtTicks, arrivedAtTicks));
        ArrivedAtTicks = Math.Max(ArrivedAtTicks, arrivedAtTicks);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write((sbyte)(IsOnline switch { null => -1, false => 0, true => 1 }));
        writer.Write(PresenceAtTicks);
        writer.Write(SeenAtTicks);
        writer.Write(ArrivedAtTicks);
        writer.Write(Readings);
        writer.Write(ImpossibleAtTicks);
    }

    public static EdgeTrace Load(BinaryReader reader) => new()
    {
        IsOnline = reader.ReadSByte() switch { -1 => null, 0 => false, _ => true },
        PresenceAtTicks = reader.ReadInt64(),
        SeenAtTicks = reader.ReadInt64(),
        ArrivedAtTicks = reader.ReadInt64(),
        Readings = reader.ReadInt64(),
        ImpossibleAtTicks = reader.ReadInt64(),
    };
}
