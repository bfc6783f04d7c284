using Hub.Rules.Readings;

namespace Hub.Rules.Alarms;

/// <summary>
/// One rule's state at one subject.
/// <code>
///   Inactive ──true──► Pending ──true for OnDelay──► Firing ──false for OffDelay──► Inactive
///                        │                             ▲ │
///                        └──false──► Inactive          └─┘ true again before OffDelay: a flap, counted
/// </code>
/// Unknown is neither: it starts nothing, ends nothing, and doesn't count towards a delay's end. Time comes with the
/// reading; the machine has no clock, so a replay gives the same alarms as the day itself.
/// </summary>
public struct AlarmMachine
{
    private long _falseSince;

    public AlarmState State { get; private set; }

    /// <summary>Since when the condition of this episode has held; 0 when inactive.</summary>
    public long OnsetTicks { get; private set; }

    /// <summary>
    /// How often it went and came back within the off-delay: one order with ×n, never a stream of orders.
    /// </summary>
    public int Flaps { get; private set; }

    /// <summary>Whether the condition is true, as of <paramref name="atTicks"/>.</summary>
    public AlarmChange Observe(bool isTrue, long atTicks, long onsetTicks, long onDelay, long offDelay)
    {
        if (isTrue)
        {
            return State == AlarmState.Firing ? KeepFiring() : HoldOn(atTicks, onsetTicks, onDelay);
        }

        return State == AlarmState.Firing ? LetGo(atTicks, offDelay) : Forget();
    }

    /// <summary>The subject has left the rule's scope: whatever it was, it ends now.</summary>
    public AlarmChange End()
    {
        var wasFiring = State == AlarmState.Firing;
        Forget();
        return wasFiring ? AlarmChange.Cleared : AlarmChange.None;
    }

    /// <summary>When time alone will change it: the end of the running on- or off-delay, else never.</summary>
    public readonly long DueTicks(long onDelay, long offDelay) => State switch
    {
        AlarmState.Pending => OnsetTicks + onDelay,
        AlarmState.Firing when _falseSince != 0 => _falseSince + offDelay,
        _ => long.MaxValue,
    };

    /// <summary>Whether the condition was true when last known.</summary>
    public readonly bool IsTrue => State == AlarmState.Pending || (State == AlarmState.Firing && _falseSince == 0);

    public void Persist(StateCodec state)
    {
        var (alarm, onset, flaps) = ((byte)State, OnsetTicks, Flaps);
        state.Sync(ref alarm);
        state.Sync(ref onset);
        state.Sync(ref flaps);
        state.Sync(ref _falseSince);
        (State, OnsetTicks, Flaps) = ((AlarmState)alarm, onset, flaps);
    }

    private AlarmChange HoldOn(long atTicks, long onsetTicks, long onDelay)
    {
        if (State == AlarmState.Inactive)
        {
            (State, OnsetTicks) = (AlarmState.Pending, onsetTicks);
        }

        if (atTicks - OnsetTicks < onDelay)
        {
            return AlarmChange.None;
        }

        State = AlarmState.Firing;
        return AlarmChange.Raised;
    }

    private AlarmChange KeepFiring()
    {
        if (_falseSince != 0)
        {
            _falseSince = 0;
            Flaps++;
        }

        return AlarmChange.None;
    }

    private AlarmChange LetGo(long atTicks, long offDelay)
    {
        _falseSince = _falseSince == 0 ? atTicks : _falseSince;
        return atTicks - _falseSince < offDelay ? AlarmChange.None : End();
    }

    private AlarmChange Forget()
    {
        (State, OnsetTicks, Flaps, _falseSince) = (AlarmState.Inactive, 0, 0, 0);
        return AlarmChange.None;
    }
}
