namespace Hub.Edge.Kiosk;

/// <summary>
/// How long things stay on the screen. They run on real time, also where the building's clock is a fast one.
/// </summary>
public sealed record KioskTimings
{
    /// <summary>A press that the hub has not confirmed after this is told as saved here.</summary>
    public TimeSpan UnsentAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Then the screen is free for the next resident; a line keeps saying that a call is waiting.</summary>
    public TimeSpan OfflineFor { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan CancelFor { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan ArrivedFor { get; init; } = TimeSpan.FromSeconds(8);

    public TimeSpan ErrorFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>"Already calling" and "cancelled".</summary>
    public TimeSpan NoticeFor { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The hub has had its time to open an order: an idle state after this means that the call is over.
    /// </summary>
    public TimeSpan IdleBelievedAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A call that the hub confirmed and never spoke of again.</summary>
    public TimeSpan ForgottenAfter { get; init; } = TimeSpan.FromMinutes(30);
}
