using Hub.Edge.Pins;

namespace Hub.Edge.Sensing;

/// <summary>A line of a chip that is held, and for whom. What it is watched for may change while it is held.</summary>
internal sealed class HeldLine
{
    public HeldLine(IGpioChip chip, LineOptions options, string consumer, Action<HeldLine, LineEvent> onEvent)
    {
        (Place, Settings) = ((chip.Name, options.Line), options.Settings);
        Pin = chip.Take(options.Line, Settings, consumer, lineEvent => onEvent(this, lineEvent));
    }

    public (string Chip, int Line) Place { get; }

    public IGpioLine Pin { get; }

    public LineSettings Settings { get; set; }

    public SequenceGaps Gaps { get; } = new();

    /// <summary>Who decides about its edges; null while nobody does.</summary>
    public WatchedLine? Watched { get; set; }

    /// <summary>
    /// In kernel time: edges before it were made with other settings, or while these were changed, and mean nothing.
    /// </summary>
    public long Since { get; set; }
}
