using System.Buffers;
using System.Globalization;
using System.Text;
using Hub.Edge.Outbox;
using Hub.Transport.Log;
using Hub.Transport.Messages;

namespace Hub.Edge.Forwarding;

/// <summary>
/// Turns waiting rows into packs: consecutive sequence numbers of one epoch under one clock quality, within the limits
/// of records and bytes. Pure.
/// </summary>
public sealed class PackBuilder(int recordsMax, int bytesMax) : IDisposable
{
    /// <summary>What a record takes at most beside its names: labels, number, time, unit.</summary>
    private const int RecordOverheadMax = 160;

    /// <summary>
    /// SenML reads earlier times as relative to their arrival. Such a clock is unsynced, and the pack says so.
    /// </summary>
    private static readonly DateTimeOffset TimeMin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SenMlWriter _writer = new();

    /// <param name="after">The position that the rows come after.</param>
    public IReadOnlyList<Pack> Build(
        IReadOnlyList<(LogPosition Position, OutboxRow Row)> rows, LogPosition after, ClockStamp now)
    {
        var packs = new List<Pack>();
        Draft? draft = null;
        var through = after;
        foreach (var (position, row) in rows)
        {
            var (shift, quality) = row.Clock.RepairedBy(now);
            var sentAt = row.Clock.RunsOnTo(now) ? now.At : null;
            for (var i = 0; i < row.Records.Count; i++)
            {
                var record = row.Records[i];
                var sequence = row.First + i;
                if (draft is not null && !Fits(draft, row, record, sequence, quality, sentAt))
                {
                    packs.Add(Close(draft, through));
                    draft = null;
                }

                draft ??= Begin(row.Epoch, sequence, quality, sentAt, Max(record.At + shift));
                _writer.Add(
                    record.Name, record.Value, EdgeSignals.UnitOf(record.Signal), Max(record.At + shift), record.Id);
                draft.Count++;
            }

            through = position;
            if (draft is null)
            {
                packs.Add(new Pack(default, row.Epoch, row.First, row.Next, position));
            }
        }

        if (draft is not null)
        {
            packs.Add(Close(draft, through));
        }

        return packs;
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>The pack of records that are in no row, and so have no numbers.</summary>
    public static ReadOnlyMemory<byte> Unnumbered(IEnumerable<EdgeRecord> records, ClockStamp now)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var writer = new SenMlWriter();
        writer.Begin(bytes, new SenMlHead { Clock = ClockOf(now.Quality) });
        foreach (var record in records)
        {
            writer.Add(record.Name, record.Value, EdgeSignals.UnitOf(record.Signal), Max(record.At), record.Id);
        }

        writer.End();
        return bytes.WrittenMemory;
    }

    private static DateTimeOffset Max(DateTimeOffset at) => at < TimeMin ? TimeMin : at;

    private bool Fits(
        Draft draft, OutboxRow row, EdgeRecord record, long sequence, ClockQuality quality, DateTimeOffset? sentAt) =>
        draft.Count < recordsMax
        && draft.Epoch == row.Epoch
        && draft.First + draft.Count == sequence
        && (draft.Quality, draft.SentAt) == (quality, sentAt)
        && _writer.BytesWritten + RecordOverheadMax
            + Encoding.UTF8.GetByteCount(record.Name) + Encoding.UTF8.GetByteCount(record.Id ?? "") <= bytesMax;

    private Draft Begin(
        long epoch, long sequence, ClockQuality quality, DateTimeOffset? sentAt, DateTimeOffset baseAt)
    {
        var draft = new Draft(epoch, sequence, quality, sentAt);
        _writer.Begin(draft.Bytes, new SenMlHead
        {
            BaseAt = baseAt,
            Epoch = epoch.ToString(CultureInfo.InvariantCulture),
            Sequence = sequence,
            Clock = ClockOf(quality),
            SentAt = sentAt,
        });
        return draft;
    }

    private static SenMlClock ClockOf(ClockQuality quality) => quality switch
    {
        ClockQuality.Synced => SenMlClock.Synced,
        ClockQuality.Estimated => SenMlClock.Estimated,
        _ => SenMlClock.Unsynced,
    };

    private Pack Close(Draft draft, LogPosition through)
    {
        _writer.End();
        return new Pack(draft.Bytes.WrittenMemory, draft.Epoch, draft.First, draft.First + draft.Count, through);
    }

    private sealed class Draft(long epoch, long first, ClockQuality quality, DateTimeOffset? sentAt)
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new(1024);

        public long Epoch => epoch;

        public long First => first;

        public ClockQuality Quality => quality;

        public DateTimeOffset? SentAt => sentAt;

        public int Count { get; set; }
    }
}
