namespace Hub.Gateway;

/// <summary>How a room or a signal asks the host to end.</summary>
internal static class HostEnd
{
    /// <summary>
    /// Asks, and waits for nobody who hears of it: rooms end in the middle of being told, and one that ended on the
    /// asking thread could wait for what that thread, or another that asks, still has to do.
    /// </summary>
    public static void Ask(IHostApplicationLifetime lifetime) => _ = Task.Run(lifetime.StopApplication);
}
