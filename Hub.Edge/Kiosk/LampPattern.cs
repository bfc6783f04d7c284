namespace Hub.Edge.Kiosk;

/// <summary>
/// What the lamp does for a view, and whether it is lit at an instant: the same for the wire and for the page.
/// </summary>
public readonly record struct LampPattern(LampColours Colours, LampRhythm Rhythm)
{
    private const int PeriodMilliseconds = 2_000;
    private const int FlashMilliseconds = 170;
    private const int FlashEveryMilliseconds = 340;

    public static readonly LampPattern Off = new(LampColours.None, LampRhythm.Steady);

    public static LampPattern Of(KioskView view) => view.Face switch
    {
        KioskFace.Calling or KioskFace.AlreadyCalling => new(LampColours.Amber, LampRhythm.Breathing),
        KioskFace.Acknowledged or KioskFace.Late => new(LampColours.Amber | LampColours.Green, LampRhythm.Steady),
        KioskFace.Arrived => new(LampColours.Green, LampRhythm.Steady),
        KioskFace.Offline => new(LampColours.Amber, LampRhythm.DoubleBlink),
        KioskFace.Error => new(LampColours.Red, LampRhythm.TripleBlink),
        _ when view.HasUnsent => new(LampColours.Amber, LampRhythm.DoubleBlink),
        _ => new(LampColours.White, LampRhythm.Steady), // Find me.
    };

    /// <summary>
    /// The lamps lit so long after the pattern began; every pattern begins lit, so that a press answers at once.
    /// </summary>
    public LampColours LitAfter(TimeSpan elapsed)
    {
        var phase = (int)(elapsed.TotalMilliseconds % PeriodMilliseconds);
        var isLit = Rhythm switch
        {
            LampRhythm.Breathing => phase < PeriodMilliseconds / 2,
            LampRhythm.DoubleBlink => IsFlash(phase, 2),
            LampRhythm.TripleBlink => IsFlash(phase, 3),
            _ => true,
        };
        return isLit ? Colours : LampColours.None;
    }

    private static bool IsFlash(int phase, int flashes) =>
        phase < flashes * FlashEveryMilliseconds && phase % FlashEveryMilliseconds < FlashMilliseconds;
}
