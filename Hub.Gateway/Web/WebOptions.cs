namespace Hub.Gateway.Web;

/// <summary>The limits of the pages.</summary>
public sealed record WebOptions
{
    /// <summary>Open event streams at most; one more is answered 503 and asked to come again.</summary>
    public int StreamsMax { get; init; } = 256;

    /// <summary>How often an event stream says that it is alive. Proxies cut silent ones after 30 to 60 s.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A posted form at most; the longest field, a note, is a few thousand characters.</summary>
    public int FormBytesMax { get; init; } = 64 * 1024;

    /// <summary>Orders on one page of the inbox.</summary>
    public int CardsMax { get; init; } = 500;

    /// <summary>Devices of one edge on the fleet page.</summary>
    public int DevicesMax { get; init; } = 500;

    /// <summary>Devices that wait to be commissioned on the fleet page.</summary>
    public int ProposalsMax { get; init; } = 100;

    /// <summary>Gaps on the page of what was lost.</summary>
    public int LossesMax { get; init; } = 200;

    /// <summary>Set-aside messages on the fleet page.</summary>
    public int SetAsideMax { get; init; } = 50;

    /// <summary>Network time: real even where the demo's building runs faster.</summary>
    public TimeProvider NetworkTime { get; init; } = TimeProvider.System;
}
