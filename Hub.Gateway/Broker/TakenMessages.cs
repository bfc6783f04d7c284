namespace Hub.Gateway.Broker;

/// <summary>
/// The QoS 2 messages of one client that were taken and not yet released (4.3.3). Whoever owns it has the lock.
/// <code>
///  taken ── for the journal: committed ──► saved ── PUBREL ──► for the journal: committed ──► PUBCOMP
///        └─ for other clients ───────────► saved ── PUBREL ─────────────────────────────────► PUBCOMP
/// </code>
/// What the journal has not committed is not saved: a crash would leave the id of a message that nobody has.
/// </summary>
internal sealed class TakenMessages
{
    private readonly Dictionary<ushort, State> _byId = [];

    [Flags]
    private enum State
    {
        None = 0,

        /// <summary>Its id is in the journal too, so its release must be.</summary>
        Journalled = 1,

        /// <summary>On its way to the disk.</summary>
        Uncommitted = 2,

        /// <summary>By a run of the hub before this one.</summary>
        Earlier = 4,
    }

    public int Count => _byId.Count;

    /// <summary>What is kept over a restart.</summary>
    public IEnumerable<ushort> Saved =>
        _byId.Where(one => !one.Value.HasFlag(State.Uncommitted)).Select(one => one.Key);

    /// <summary>Whether a message with this id is the one that was taken.</summary>
    /// <param name="isDup">
    /// It says of itself that it was sent before. After a crash its release may be what was lost, so that an id of an
    /// earlier run stands for a message only if that is said.
    /// </param>
    public bool Has(ushort packetId, bool isDup) =>
        _byId.TryGetValue(packetId, out var state) && (isDup || !state.HasFlag(State.Earlier));

    public void Add(ushort packetId, bool isJournalled) =>
        _byId[packetId] = isJournalled ? State.Journalled | State.Uncommitted : State.None;

    /// <summary>The journal has it.</summary>
    public void Commit(ushort packetId)
    {
        if (_byId.TryGetValue(packetId, out var state))
        {
            _byId[packetId] = state & ~State.Uncommitted;
        }
    }

    /// <summary>PUBREL: whether the id stood for a message, and whether the journal must know.</summary>
    public (bool WasTaken, bool IsJournalled) Release(ushort packetId) =>
        _byId.Remove(packetId, out var state) ? (true, state.HasFlag(State.Journalled)) : (false, false);

    /// <summary>Puts back what an earlier run has taken; the journal may be where that is known from.</summary>
    public void Restore(ushort packetId) => _byId[packetId] = State.Earlier | State.Journalled;
}
