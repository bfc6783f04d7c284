namespace Hub.Transport.Mqtt;

/// <summary>When to try a quiet link, and when to give it up (3.1.2.10). Pure.</summary>
internal static class KeepAlive
{
    public enum Verdict
    {
        Fine = 0,
        Ping,
        Lost,
    }

    /// <summary>Asked four times a keep-alive, so that a ping at three quarters is out before the whole.</summary>
    /// <param name="keepAlive">As agreed with the server.</param>
    /// <param name="silentFor">Since something came.</param>
    /// <param name="idleFor">Since something was sent.</param>
    /// <param name="isPingSent">A ping waits for its answer.</param>
    /// <param name="isReadingHeldUp">Nothing is read, because the handler is busy: such a link is not silent.</param>
    public static Verdict Decide(
        TimeSpan keepAlive, TimeSpan silentFor, TimeSpan idleFor, bool isPingSent, bool isReadingHeldUp)
    {
        if (silentFor >= keepAlive * 1.5 && !isReadingHeldUp)
        {
            return Verdict.Lost;
        }

        // Also while publishing: a server that can't acknowledge for a while still answers a ping.
        var due = keepAlive * 0.75;
        return idleFor >= due || (silentFor >= due && !isPingSent) ? Verdict.Ping : Verdict.Fine;
    }
}
