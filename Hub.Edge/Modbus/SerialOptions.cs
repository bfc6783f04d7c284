namespace Hub.Edge.Modbus;

/// <summary>A serial line, eight bits a character.</summary>
public sealed record SerialOptions
{
    /// <summary>The rates that a line can have.</summary>
    public static IEnumerable<int> Bauds => Terminal.Speeds.Keys;

    public required string Path { get; init; }

    public int Baud { get; init; } = 9600;

    public SerialParity Parity { get; init; } = SerialParity.Even;

    public int StopBits { get; init; } = 1;

    /// <summary>
    /// The silence between two frames: 3.5 characters, and above 19,200 baud 1.75 ms (Modbus over Serial Line V1.02,
    /// 2.5.1.1).
    /// </summary>
    public TimeSpan Silence
    {
        get
        {
            const int FastFrom = 19_200;
            var bits = 1 + 8 + (Parity == SerialParity.None ? 0 : 1) + StopBits;
            return Baud > FastFrom ? TimeSpan.FromMilliseconds(1.75) : TimeSpan.FromSeconds(3.5 * bits / Baud);
        }
    }
}
