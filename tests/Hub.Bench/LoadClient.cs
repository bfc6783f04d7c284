using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace Hub.Bench;

/// <summary>
/// One pipelined QoS 1 publisher, MQTT 3.1.1: keeps its window full, and writes what the PUBACKs of one read have freed in
/// one go; or sends at another's pace (<see cref="LoadPace"/>). Frames are made in place, so that the load costs the machine little of what it measures.
/// </summary>
internal sealed class LoadClient(int number, LoadOptions options) : IDisposable
{
    private const int SequenceDigits = 12;

    /// <summary>At another's pace: beyond it nothing more is sent, so that the result falls behind the pace.</summary>
    private const int InFlightMax = 8_192;

    private static readonly string SequenceMark = new('S', SequenceDigits);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly long[] _sentAt = new long[options.PerSecond > 0 ? InFlightMax : options.Window];
    private byte[] _frame = [];
    private byte[] _burst = [];
    private int _packetIdAt;
    private int _sequenceAt;
    private long _sent;
    private long _acknowledged;

    /// <summary>Acknowledged while measuring.</summary>
    public long Measured { get; private set; }

    /// <summary>Microseconds, in powers of two with 16 steps each; while measuring.</summary>
    public int[] Latencies { get; } = new int[64 * 16];

    public async Task ConnectAsync(int port, CancellationToken cancel)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        var id = $"load-{number}";
        await MqttWire.ConnectAsync(_socket, id, cancel);
        MakeFrame(id);
    }

    /// <summary>Sends until told to stop, or lets the pace do it, and waits for what is in flight.</summary>
    public async Task RunAsync(LoadPhase phase, CancellationToken cancel)
    {
        var isPaced = options.PerSecond > 0;
        if (!isPaced)
        {
            await SendAsync(options.Window, Stopwatch.GetTimestamp(), cancel);
        }

        var carried = 0;
        while ((isPaced && !phase.IsOver) || _acknowledged < Volatile.Read(ref _sent))
        {
            var length = carried + await _socket.ReceiveAsync(_received.AsMemory(carried), cancel);
            if (length == carried)
            {
                throw new IOException($"load-{number} has lost its connection.");
            }

            var freed = length / 4;
            TakePubAcks(freed, phase.IsMeasuring);
            carried = length - (freed * 4);
            _received.AsSpan(freed * 4, carried).CopyTo(_received);
            if (!isPaced && !phase.IsOver && freed > 0)
            {
                await SendAsync(freed, Stopwatch.GetTimestamp(), cancel);
            }
        }
    }

    /// <summary>Whether a window more may be on its way.</summary>
    public bool HasRoom => _sent + options.Window - Volatile.Read(ref _acknowledged) < _sentAt.Length;

    /// <summary>Sends so many, which all count from <paramref name="now"/>.</summary>
    public async Task SendAsync(int count, long now, CancellationToken cancel)
    {
        if (_burst.Length < count * _frame.Length)
        {
            _burst = new byte[count * _frame.Length];
        }

        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(_packetIdAt), (ushort)((_sent % ushort.MaxValue) + 1));
            // Right-aligned: white space before a number is JSON, leading zeros are not.
            var sequence = (_sent * options.Records) + 1;
            Utf8.TryWrite(_frame.AsSpan(_sequenceAt), CultureInfo.InvariantCulture, $"{sequence,SequenceDigits}", out _);
            _frame.CopyTo(_burst.AsSpan(i * _frame.Length));
            _sentAt[_sent % _sentAt.Length] = now;
            Volatile.Write(ref _sent, _sent + 1);
        }

        var rest = _burst.AsMemory(0, count * _frame.Length);
        while (!rest.IsEmpty)
        {
            rest = rest[await _socket.SendAsync(rest, cancel)..];
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>The upper end of a step, in milliseconds.</summary>
    public static double MillisecondsOf(int step) => Math.Pow(2, (step + 1) / 16.0) / 1000;

    private void TakePubAcks(int count, bool isMeasuring)
    {
        var now = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            // In order, so the oldest in flight is the one.
            var expected = (ushort)((_acknowledged % ushort.MaxValue) + 1);
            if (_received[i * 4] != 0x40 || BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan((i * 4) + 2)) != expected)
            {
                throw new InvalidOperationException($"load-{number} has got something else than PUBACK {expected}.");
            }

            var sentAt = _sentAt[_acknowledged % _sentAt.Length];
            Volatile.Write(ref _acknowledged, _acknowledged + 1);
            if (isMeasuring)
            {
                var microseconds = Math.Max(1, Stopwatch.GetElapsedTime(sentAt, now).TotalMicroseconds);
                Latencies[Math.Min(Latencies.Length - 1, (int)(Math.Log2(microseconds) * 16))]++;
                Measured++;
            }
        }
    }

    private void MakeFrame(string id)
    {
        var topic = $"hub/1/{id}/readings";
        var epoch = Guid.NewGuid().ToString("N")[..8];
        var records = Enumerable.Range(0, options.Records).Select(i => i == 0
            ? $$"""{"bn":"{{id}}/","bt":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}.25,"ep":"{{epoch}}","sq":{{SequenceMark}},"n":"water.volume","u":"m3","v":{{1000 + number}}.125}"""
            : $$"""{"n":"electric.power","u":"W","t":{{i}},"v":{{100 + i}}.5}""");
        var payload = $"[{string.Join(',', records)}]";
        var sequenceInPayload = payload.IndexOf(SequenceMark, StringComparison.Ordinal);
        var remaining = 2 + topic.Length + 2 + payload.Length;
        var head = new List<byte> { 0b0011_0010 };
        for (var rest = remaining; rest > 0 || head.Count == 1; rest >>= 7)
        {
            head.Add((byte)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)));
        }

        _packetIdAt = head.Count + 2 + topic.Length;
        _sequenceAt = _packetIdAt + 2 + sequenceInPayload;
        _frame =
        [
            .. head, 0, (byte)topic.Length, .. Encoding.ASCII.GetBytes(topic), 0, 0, .. Encoding.ASCII.GetBytes(payload),
        ];
    }
}
