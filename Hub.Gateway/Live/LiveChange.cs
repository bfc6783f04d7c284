namespace Hub.Gateway.Live;

/// <summary>Something a page may show has changed. Pages fetch the new state; this only says where to look.</summary>
/// <param name="Number">Counts up from 1 in this process; the SSE id.</param>
/// <param name="Topic">order, device, demo, series.</param>
/// <param name="Key">The order's number, the device's id.</param>
public readonly record struct LiveChange(long Number, string Topic, string Key);
