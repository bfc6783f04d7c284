using Hub.Edge.Outbox;
using Hub.Transport.Messages;

namespace Hub.Edge.Forwarding;

/// <summary>
/// The way past an outbox whose disk takes nothing: straight to the hub, whose acknowledgement says that it is durable
/// there. What goes this way has no number, so it is no gap and no duplicate of any row; a press is known by its own
/// id, however often it comes and on whichever way.
/// </summary>
/// <param name="patience">How long the hub is waited for.</param>
/// <param name="clock">How the time of the records is to be taken.</param>
/// <param name="pace">The clock of the waiting.</param>
/// <param name="stopping">Ends it.</param>
public sealed class DirectSender(
    string edge, IUplink uplink, TimeSpan patience, Func<ClockStamp> clock, TimeProvider pace,
    CancellationToken stopping)
{
    /// <summary>Records on their way at a time; one more is not sent.</summary>
    private const int InFlightMax = 64;

    private int _inFlight;

    /// <summary>
    /// True when the hub has acknowledged it. False if it has not in time, or refuses; it may have got it all the same.
    /// </summary>
    public async Task<bool> TrySendAsync(EdgeRecord record)
    {
        if (Interlocked.Increment(ref _inFlight) > InFlightMax)
        {
            Interlocked.Decrement(ref _inFlight);
            return false;
        }

        try
        {
            using var tooLong = new CancellationTokenSource(patience, pace);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, stopping);
            await uplink.PublishAsync(
                Topics.Events(edge), PackBuilder.Unnumbered([record], clock()), retain: false, either.Token);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or UplinkRefusedException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
