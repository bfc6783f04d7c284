using System.Text;
using System.Threading.Channels;
using Hub.Edge.Kiosk;
using Hub.Edge.Setup;
using Hub.Transport.Messages;

namespace Hub.Edge.Forwarding;

/// <summary>
/// What comes down from the hub: commands, a configuration, the kiosk's state. Answers go through a queue of their own,
/// because the client must not wait for its own publishing while it hands on a message.
/// </summary>
public sealed class HubInbox(string edge, KioskOptions kiosk, KioskDesk desk, LampDriver lamps, TimeProvider time)
{
    private const int AnswersMax = 256;

    private readonly CommandLedger _ledger = new();
    private readonly Channel<byte[]> _answers = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(AnswersMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>
    /// Takes a configuration that the hub sent; answers its version and the faults for which it is not used.
    /// </summary>
    public Func<string, (string Version, IReadOnlyList<Fault> Faults)>? Configure { get; set; }

    /// <summary>Sends again what the hub has lost; answers why not.</summary>
    public Func<EdgeCommand.Resend, string?>? Resend { get; set; }

    public IReadOnlyList<string> TopicsWanted { get; } =
        [Topics.Command(edge), Topics.Config(edge), Topics.Kiosk(edge, kiosk.Lobby)];

    public ValueTask TakeAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        if (topic == Topics.Command(edge))
        {
            TakeCommand(payload.Span);
        }
        else if (topic == Topics.Kiosk(edge, kiosk.Lobby))
        {
            if (KioskStateMessage.TryRead(payload.Span, out var state, out _))
            {
                desk.Heard(state);
            }
        }
        else if (topic == Topics.Config(edge) && !payload.IsEmpty && Configure is { } configure)
        {
            var (version, faults) = configure(Encoding.UTF8.GetString(payload.Span));
            Answer($"config:{version}", faults.Count == 0 ? null : string.Join('\n', faults));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Sends the answers until told to stop.</summary>
    public async Task AnswerAsync(IUplink uplink, CancellationToken stopping)
    {
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(stopping))
            {
                try
                {
                    await uplink.PublishAsync(Topics.Ack(edge), answer, retain: false, stopping);
                }
                catch (UplinkRefusedException)
                {
                    // The hub does not want to know.
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void TakeCommand(ReadOnlySpan<byte> payload)
    {
        var command = CommandMessage.Read(payload, kiosk.Device, out var id, out var fault);
        if (id is null)
        {
            return; // Nobody to answer to.
        }

        if (_ledger.TryGetAnswer(id, out var before))
        {
            Answer(id, before);
            return;
        }

        fault ??= CommandLedger.Refusal(command!, time.GetUtcNow()) ?? Do(command!);
        _ledger.Remember(id, fault);
        Answer(id, fault);
    }

    /// <summary>Does it; answers why not.</summary>
    private string? Do(EdgeCommand command)
    {
        switch (command)
        {
            case EdgeCommand.Lamp lamp:
                if (lamps.Lines?.Has(Sensing.LineKind.Lamp, lamp.Device) != true)
                {
                    return $"no lamp at {lamp.Device}";
                }

                lamps.Light(lamp.Device, lamp.Colours, lamp.For);
                return null;
            case EdgeCommand.Buzzer buzzer:
                if (lamps.Lines?.Has(Sensing.LineKind.Buzzer, buzzer.Device) != true)
                {
                    return $"no buzzer at {buzzer.Device}";
                }

                lamps.Beep(buzzer.Device, buzzer.For);
                return null;
            case EdgeCommand.Identify identify:
                lamps.Identify(identify.For);
                return null;
            case EdgeCommand.Resend resend:
                return Resend is { } send ? send(resend) : "nothing is kept here";
            default:
                return null; // A ping is answered, and that is all.
        }
    }

    private void Answer(string id, string? fault) => _answers.Writer.TryWrite(CommandMessage.Answer(id, fault));
}
