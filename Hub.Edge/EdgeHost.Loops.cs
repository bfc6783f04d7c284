using System.Security.Cryptography;
using Hub.Edge.Files;
using Hub.Edge.Outbox;
using Hub.Edge.Pins;
using Hub.Transport.Messages;

namespace Hub.Edge;

/// <summary>What goes on while the edge runs.</summary>
public sealed partial class EdgeHost
{
    private const int RestoreBytesPerRead = 1 << 20;

    private void Wire()
    {
        _uplink.OnMessage(_inbox.TakeAsync);
        _uplink.Linked += (isLinked, why) =>
        {
            _desk.Linked(isLinked);
            Linked?.Invoke(isLinked, why);
            if (isLinked)
            {
                if (Interlocked.Increment(ref _links) == 1)
                {
                    Prove();
                }

                Log.Linked(_logger, _own.Hub.Host, _outbox.Backlog);
            }
            else
            {
                Log.Unlinked(_logger, _own.Hub.Host, why!);
            }
        };
        _forwarder.EventsSent += _desk.SentThrough;
        _forwarder.Retrying += why => Log.Retrying(_logger, why);
        _desk.Changed += UpdateLamps;
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
            SubscribeAsync(stopping),
            _forwarder.RunAsync(stopping),
            _inbox.AnswerAsync(_uplink, stopping),
            _outbox.RunAsync(NextCommit, _pace, e => Log.CommitFailed(_logger, e.Message), stopping),
            TellStatusAsync(stopping),
            TellUndurableAsync(stopping),
            EveryAsync(() => TickEvery, _pace, Tick, stopping),
            EveryAsync(() => _options.Intervals.Registers, _time, () => _lines.TellRegisters(), stopping),
            EveryAsync(() => _options.Intervals.Contacts, _time, TellContacts, stopping),
            EveryAsync(() => _options.Intervals.Health, _time, TellHealth, stopping),
            _sources.RunAsync(stopping),
            _localSender.RunAsync(stopping),
        ];
        await Task.WhenAny(loops);
        await _stopping.CancelAsync();
        await Task.WhenAll(loops);
    }

    private static async Task EveryAsync(
        Func<TimeSpan> interval, TimeProvider time, Action act, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval(), time, stopping);
                act();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SubscribeAsync(CancellationToken stopping)
    {
        try
        {
            await _uplink.SubscribeAsync(_inbox.TopicsWanted, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Forwarding.UplinkRefusedException e)
        {
            // Readings still get through; lamps and the screen stay without the hub's word.
            Log.SubscriptionRefused(_logger, e.Message);
        }

        await WaitForStopAsync(stopping);
    }

    private async Task TellStatusAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await _statusDue.WaitAsync(stopping);
                await _uplink.PublishAsync(
                    Topics.Status(_own.Edge), Status(EdgeState.Online).ToJson(), retain: true, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Forwarding.UplinkRefusedException e)
        {
            Log.SubscriptionRefused(_logger, e.Message);
            await WaitForStopAsync(stopping);
        }
    }

    private async Task WaitForStopAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _pace, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SayGoodbyeAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(FarewellFor, _pace);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await _uplink.PublishAsync(
                Topics.Status(_own.Edge), Status(EdgeState.Offline).ToJson(), retain: true, both.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or Forwarding.UplinkRefusedException)
        {
            // Then the hub finds out by the silence.
        }
    }

    private void Tick()
    {
        _pulse.Beat("sampling", HungAfter);
        _lines.Tick();
        UpdateLamps();
        LookAtClock();
    }

    private void UpdateLamps()
    {
        try
        {
            _lamps.Update();
        }
        catch (GpioException e)
        {
            // A lamp that can't be lit must not cost a press. The lines are let go until the next configuration.
            _lamps.Lines = null;
            Log.LampFailed(_logger, e.Message);
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
            Log.CommitFailed(_logger, e.Message);
        }
    }

    /// <summary>A press that the last run recorded and could not send is still a call.</summary>
    private void RestorePress()
    {
        var lane = _outbox.Events;
        (EdgeRecord Record, OutboxPlace Place)? press = null;
        for (var after = lane.Sent;
             lane.Read(after, RestoreBytesPerRead) is { Count: > 0 } rows;
             after = rows[^1].Position)
        {
            foreach (var (position, row) in rows)
            {
                foreach (var record in row.Records.Where(record => record.Device == _own.Kiosk.Device))
                {
                    press = record.Signal switch
                    {
                        EdgeSignals.Press => (record, new OutboxPlace(row.Epoch, position)),
                        EdgeSignals.Cancel when record.Id == press?.Record.Id => null,
                        _ => press,
                    };
                }
            }
        }

        if (press is { } waiting)
        {
            _desk.Restore(waiting.Record.Id!, waiting.Record.At, waiting.Place);
        }
    }

    /// <summary>The key that seals the page's forms; kept, so that a form of before a restart still presses.</summary>
    private byte[] KioskKey()
    {
        const int KeyBytes = 32;
        var path = Path.Combine(_own.DataFolder, "kiosk.key");
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyBytes } kept)
        {
            return kept;
        }

        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        DurableFile.Write(path, key);
        return key;
    }
}
