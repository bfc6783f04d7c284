using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;

namespace Hub.Edge;

/// <summary>What goes on while the edge runs.</summary>
public sealed partial class EdgeHost
{
    private void Wire()
    {
        _outbox.Readings.Known += CountOn;
        _outbox.Events.Known += _ => _status.Change();
        _uplink.OnMessage(_inbox.TakeAsync);
        _uplink.Linked += (isLinked, why) =>
        {
            _desk.Linked(isLinked);
            Linked?.Invoke(isLinked, why);
            if (isLinked)
            {
                _unlinked.IsNew(null);
                _refused.IsNew(null);
                if (Interlocked.Increment(ref _links) == 1)
                {
                    Prove();
                }

                Log.Linked(_logger, _own.Hub.Host, _outbox.Backlog);
            }
            else if (_unlinked.IsNew(why))
            {
                Log.Unlinked(_logger, _own.Hub.Host, why!);
            }
        };
        _forwarder.EventsSent += _desk.SentThrough;
        _forwarder.Retrying += why =>
        {
            if (_refused.IsNew(why))
            {
                Log.Retrying(_logger, why);
            }
        };
        _desk.Changed += _lamps.Update;
        _lines.FaultChanged += NoteLine;
        _deviceFaults.Changed += NoteSource;
        _localSender.Trouble += NoteLocal;
    }

    /// <summary>
    /// Every loop is watched: one that ends before its time ends the edge, and whoever runs it hears why.
    /// </summary>
    private async Task SuperviseAsync()
    {
        var stopping = _stopping.Token;
        Task[] loops =
        [
            _uplink.RunAsync(stopping),
            UnlessRefusedAsync(cancel => _uplink.SubscribeAsync(_inbox.TopicsWanted, cancel), stopping),
            _forwarder.RunAsync(stopping),
            _inbox.AnswerAsync(_uplink, stopping),
            _outbox.RunAsync(NextCommit, _pace, NoteUncommitted, stopping),
            UnlessRefusedAsync(_status.RunAsync, stopping),
            UnlessRefusedAsync(TellUndurableAsync, stopping),
            EveryAsync(() => TickEvery, _pace, Tick, stopping),
            EveryAsync(() => MendEvery, _pace, _lines.Mend, stopping),
            EveryAsync(() => _options.Intervals.Registers, _time, TellRegisters, stopping),
            EveryAsync(() => _options.Intervals.Contacts, _time, TellContacts, stopping),
            EveryAsync(() => _options.Intervals.Health, _time, TellHealth, stopping),
            _sources.RunAsync(stopping),
            _localSender.RunAsync(stopping),
        ];
        await Task.WhenAny(loops);
        await _stopping.CancelAsync();
        await Task.WhenAll(loops);
    }

    private static Task EveryAsync(
        Func<TimeSpan> interval, TimeProvider time, Action act, CancellationToken stopping) => UntilStoppedAsync(
        async () =>
        {
            while (true)
            {
                await Task.Delay(interval(), time, stopping);
                act();
            }
        }, stopping);

    /// <summary>
    /// What the hub refuses is given up, and the rest goes on: readings still get through, lamps and the screen stay
    /// without the hub's word.
    /// </summary>
    private Task UnlessRefusedAsync(Func<CancellationToken, Task> run, CancellationToken stopping) => UntilStoppedAsync(
        async () =>
        {
            try
            {
                await run(stopping);
            }
            catch (UplinkRefusedException e)
            {
                Log.SubscriptionRefused(_logger, e.Message);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, _pace, stopping);
        }, stopping);

    private static async Task UntilStoppedAsync(Func<Task> run, CancellationToken stopping)
    {
        try
        {
            await run();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void Tick()
    {
        _pulse.Beat("sampling", HungAfter);
        _lines.Tick();
        _lamps.Update();
        LookAtClock();
    }

    private void NoteUncommitted(OutboxException e)
    {
        if (_uncommitted.IsNew(e.Message))
        {
            Log.CommitFailed(_logger, e.Message);
        }
    }

    private void TryCommitWaiting()
    {
        try
        {
            _outbox.CommitWaiting();
        }
        catch (OutboxException e)
        {
            NoteUncommitted(e);
        }
    }

    /// <summary>What the file says was counted comes to what has been counted while it could not be read.</summary>
    private void CountOn(ReadOnlyMemory<byte> state) => _lines.Add(RegisterCounts.Read(state.Span));

    /// <summary>A register that doesn't know where it stood before the start would go backwards.</summary>
    private void TellRegisters()
    {
        if (_outbox.Readings.IsKnown)
        {
            _lines.TellRegisters();
        }
    }
}
