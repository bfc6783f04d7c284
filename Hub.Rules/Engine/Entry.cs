using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Engine;

/// <summary>
/// One entry of the journal, and so the engine's only input. Live, replay after a crash, backtest and test feed the
/// same
/// entries and get the same transitions. The private constructor closes the family.
/// </summary>
public abstract record Entry
{
    private Entry()
    {
    }

    /// <summary>Readings that one edge sent in one pack, in the order it sent them.</summary>
    /// <param name="Source">The edge, or the third-party device: whoever's clock the times are on.</param>
    /// <param name="Epoch">The outbox's epoch, or empty without one.</param>
    /// <param name="Sequence">The first reading's sequence number; they count up from it. 0 without one.</param>
    /// <param name="ReceivedAt">When the hub took it.</param>
    /// <param name="Items">The readings, resolved and possible.</param>
    public sealed record Readings(
        string Source, string Epoch, long Sequence, DateTimeOffset ReceivedAt, ReadOnlyMemory<Reading> Items) : Entry;

    /// <summary>The journalled second-hand: time as data.</summary>
    public sealed record Tick(DateTimeOffset At) : Entry;

    /// <summary>What is where has changed.</summary>
    public sealed record Changed(DateTimeOffset At, SiteChange Change) : Entry;

    /// <summary>
    /// An edge or device said that it came or went (its status message, or its will), or the hub noticed.
    /// </summary>
    public sealed record Presence(string Source, bool IsOnline, DateTimeOffset At) : Entry;

    /// <summary>
    /// Numbers that an edge has counted and the hub has not got, seen when a later one came: what was measured then is
    /// unknown. A resend may still bring them; what has been judged meanwhile stays judged.
    /// </summary>
    /// <param name="Source">The edge.</param>
    /// <param name="Epoch">The outbox's epoch.</param>
    /// <param name="From">The first number that is missing.</param>
    /// <param name="Count">How many are.</param>
    /// <param name="IsAhead">They are missing among contacts and presses; else among meter readings.</param>
    /// <param name="Before">They were measured before this.</param>
    public sealed record Lost(
        string Source, string Epoch, long From, long Count, bool IsAhead, DateTimeOffset Before) : Entry;

    /// <summary>
    /// A message that could not become readings, kept whole (up to a limit) with its reason: a dead letter, or the
    /// quarantined readings of a device nobody has commissioned yet. Rules see only that it came.
    /// </summary>
    /// <param name="Source">The MQTT client that sent it.</param>
    /// <param name="Topic">Where to.</param>
    /// <param name="Kind">Why it is set aside, as a kind that can be counted.</param>
    /// <param name="Reason">Why, as a sentence that names the field, the value, the limit and the cure.</param>
    /// <param name="ReceivedAt">When.</param>
    /// <param name="Payload">The bytes as they came, cut off at the limit.</param>
    public sealed record SetAside(
        string Source, string Topic, SetAsideKind Kind, string Reason, DateTimeOffset ReceivedAt,
        ReadOnlyMemory<byte> Payload) : Entry;
}
