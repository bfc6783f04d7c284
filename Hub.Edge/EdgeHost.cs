using Hub.Edge.Forwarding;
using Hub.Edge.Health;
using Hub.Edge.Kiosk;
using Hub.Edge.LocalMqtt;
using Hub.Edge.Outbox;
using Hub.Edge.Pins;
using Hub.Edge.Sampling;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Edge.Supervision;

namespace Hub.Edge;

/// <summary>
/// One edge: lines, outbox, forwarding, kiosk and its own health, put together. Instance-based: several live in one
/// process.
/// <code>
///   lines ─► deciders ─► outbox (commit) ═══ forwarder ═══► hub
///   glass ─► kiosk desk ──┘    │ sent                        │ commands, config, kiosk state
///               ▲──────────────┴─────────────────────────────┘
/// </code>
/// </summary>
public sealed partial class EdgeHost : IAsyncDisposable, ISensingSink
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MendEvery = TimeSpan.FromSeconds(10);
    private static readonly string Version = typeof(EdgeHost).Assembly.GetName().Version?.ToString(3) ?? "0";

    private readonly EdgeOptions _own;
    private readonly TimeProvider _time;
    private readonly TimeProvider _pace;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly DateTimeOffset _startedAt;
    private readonly EdgeOutbox _outbox;
    private readonly MqttUplink _uplink;
    private readonly StatusTeller _status;
    private readonly Forwarder _forwarder;
    private readonly DirectSender _direct;
    private readonly KioskDesk _desk;
    private readonly LineWatch _lines;
    private readonly LampDriver _lamps;
    private readonly HubInbox _inbox;
    private readonly HealthReport _health;
    private readonly DeviceFaults _deviceFaults;
    private readonly Said _unlinked = new();
    private readonly Said _refused = new();
    private readonly Said _uncommitted = new();
    private readonly SourceSet _sources;
    private readonly LocalOutbox _local;
    private readonly LocalSender _localSender;
    private volatile EdgeOptions _options;
    private KioskServer? _kiosk;
    private KioskWatch? _watch;
    private long _rejected;
    private bool _isDisposed;

    /// <param name="options">How.</param>
    /// <param name="time">The building's time; null for this machine's.</param>
    /// <param name="loggers">Where it tells what it does; null for nowhere.</param>
    /// <param name="openChip">Opens a chip by path or label; null for the kernel's.</param>
    /// <param name="connector">Makes the stream to the hub; null for TCP or TLS as the options say.</param>
    /// <exception cref="IOException">The data folder or the credential can't be had.</exception>
    public EdgeHost(
        EdgeOptions options, TimeProvider? time = null, ILoggerFactory? loggers = null,
        Func<string, IGpioChip>? openChip = null, Func<CancellationToken, Task<Stream>>? connector = null)
    {
        (_own, _options, _pace) = (options, options, options.Pace);
        _loggers = loggers ?? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance;
        _logger = _loggers.CreateLogger($"edge {options.Edge}");
        var limits = options.Limits;
        _outbox = EdgeOutbox.Open(
            options.DataFolder, limits.EventsBytesMax, limits.ReadingsBytesMax, limits.WaitingRecordsMax,
            limits.CommitRecordsMax, Stamp, limits.KeptBytesMax, limits.KeptFor, limits.WaitingFor);
        var wall = time ?? TimeProvider.System;
        _known = options.IsClockTrusted ? null : new KnownTime(wall, _outbox.LastKnownAt, ClockState.OfKernel);
        _time = _known ?? wall;
        _steps = _known is null ? null : new ClockSteps(_time);
        _startedAt = _time.GetUtcNow();
        _pulse = new LoopPulse(_pace);
        _lines = new LineWatch(
            _time, this, RegisterCounts.Read(_outbox.Readings.State.Span), openChip ?? CharacterDeviceChip.Open,
            $"buildinghub {options.Edge}");
        _outbox.ReadState = () => RegisterCounts.Write(_lines.Counts());
        var hub = EdgeCredential.SignIn(options.Edge, options.DataFolder, options.Hub);
        var address = new HubAddress(Path.Combine(options.DataFolder, "hub.address"));
        address.Remembered += why => Log.AddressRemembered(_logger, hub.Host, why);
        _uplink = new MqttUplink(options.Edge, hub, limits.InFlightMax, _pace, connector, address.FindAsync);
        _status = new StatusTeller(options.Edge, _uplink, Status, _pace);
        _forwarder = new Forwarder(options.Edge, _outbox.Events, _outbox.Readings, _uplink, limits, Stamp, _pace);
        _direct = new DirectSender(
            options.Edge, _uplink, options.Kiosk.Timings.UnsentAfter, Stamp, _pace, _stopping.Token);
        _desk = new KioskDesk(
            options.Kiosk, _time, _pace, () => Clock().Quality == ClockQuality.Synced, Commit, SendPressAsync);
        _lamps = new LampDriver(_desk, options.Kiosk.Device, _pace);
        _inbox = new HubInbox(options.Edge, options.Kiosk, _desk, _lamps, _time)
        {
            Configure = Configure,
            Resend = _forwarder.Resend,
        };
        _health = new HealthReport(_outbox, new MachineHealth(options.DataFolder), Clock);
        _deviceFaults = new DeviceFaults(this, _time);
        _sources = new SourceSet(_deviceFaults);
        _local = new LocalOutbox(Path.Combine(options.DataFolder, "local.db"));
        _localSender = new LocalSender(options.Edge, _local, _uplink, Stamp, _pace);
        Wire();
    }

    /// <summary>A record was accepted: committed if it is an event, waiting for its group if it is a reading.</summary>
    public event Action<EdgeRecord>? Recorded;

    /// <summary>The hub can be reached, or not any more and why.</summary>
    public event Action<bool, string?>? Linked;

    /// <summary>The options as they hold now: the edge's own, with what the hub has sent.</summary>
    public EdgeOptions Options => _options;

    public bool IsConnected => _uplink.IsConnected;

    /// <summary>The uplink was cut by <see cref="Cut"/>.</summary>
    public bool IsCut => _uplink.IsCut;

    /// <summary>Records that the hub has not confirmed.</summary>
    public long Backlog => _outbox.Backlog;

    /// <summary>Values that were no numbers, and were not taken.</summary>
    public long Rejected => Volatile.Read(ref _rejected);

    /// <summary>Why something can't be recorded or read now; null while all is well.</summary>
    public string? Fault => _outbox.Fault ?? _deviceFaults.First;

    /// <summary>What the kiosk shows now.</summary>
    public KioskView KioskView => _desk.View();

    /// <summary>Where the kiosk's page is; null where there is none.</summary>
    public Uri? KioskAddress => _kiosk?.Address;

    /// <summary>Ends when the edge stops; faulted if it had to.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Takes the lines, opens the kiosk, and begins to send.</summary>
    /// <exception cref="GpioException">A line can't be had.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        ApplyKept();
        if (UnsentPress.Find(_outbox.Events, _own.Kiosk.Device) is { } press)
        {
            _desk.Restore(press);
        }

        _status.SetBirth();
        if (_own.Kiosk.IsEnabled)
        {
            _watch = KioskWatch.Open(_own.DataFolder, _own.Kiosk, _time, _pace);
            var pages = new KioskPages(_desk, PressTokens.Open(_own.DataFolder), _watch, _own.Kiosk, _time, _pace);
            _kiosk = await KioskServer.StartAsync(pages, _own.Kiosk, _loggers, cancel);
        }

        Completion = SuperviseAsync();
        Log.Started(_logger, _own.Edge, _own.Hub.Host, _own.Hub.Port, _outbox.Backlog);
    }

    /// <summary>Says goodbye, commits what waits, gives the lines back.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (_uplink.IsConnected)
        {
            await _status.SayGoodbyeAsync(cancel);
        }

        await _stopping.CancelAsync();
        try
        {
            await Completion;
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>
    /// Takes a value from elsewhere than a line: a simulated building, a bus. A press gets an id of its own.
    /// </summary>
    /// <param name="device">Edge-local; empty for the edge itself. Letters, digits and <c>-_.:</c>.</param>
    /// <param name="signal">Such as <c>water.volume</c>, in the signal's unit.</param>
    public void Report(string device, string signal, double value, DateTimeOffset at)
    {
        RequireName(device, nameof(device), isEmptyAllowed: true);
        RequireName(signal, nameof(signal), isEmptyAllowed: false);
        if (!double.IsFinite(value))
        {
            Interlocked.Increment(ref _rejected);
            return;
        }

        if (signal == EdgeSignals.Press)
        {
            Pressed(device, at);
        }
        else
        {
            Take(new EdgeRecord(device, signal, at, value));
        }
    }

    /// <summary>Cuts the uplink, as a digger would.</summary>
    public void Cut() => _uplink.Cut();

    /// <summary>Mends it; the edge connects again by itself.</summary>
    public void Mend() => _uplink.Mend();

    /// <summary>Commits the readings that wait, now.</summary>
    /// <exception cref="OutboxException">The disk would not take them; they wait on.</exception>
    public void CommitWaiting() => _outbox.CommitWaiting();

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stopping.CancelAsync();
        await Task.WhenAny(Completion); // Nothing below may be taken away from a loop that still runs.
        if (_kiosk is not null)
        {
            await _kiosk.DisposeAsync();
        }

        _lamps.Lines = null;
        _lines.Dispose();
        TryCommitWaiting();
        _forwarder.Dispose();
        _local.Dispose();
        _uplink.Dispose();
        _outbox.Dispose();
        _stopping.Dispose();
        _sources.Dispose();
        _status.Dispose();
    }

    private static void RequireName(string name, string parameter, bool isEmptyAllowed)
    {
        var isPlain = name.Length <= 120
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':');
        if (!isPlain || (name.Length == 0 && !isEmptyAllowed))
        {
            throw new ArgumentException($"'{name}' is no name: letters, digits and -_.: up to 120.", parameter);
        }
    }

    private ClockStamp Stamp() => Clock().Stamp(_time);
}
