using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;
using Hub.Transport.Log;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests.Forwarding;

public sealed class PackBuilderTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Boot = Guid.NewGuid();
    private static readonly ClockStamp Synced = new(ClockQuality.Synced, Boot, 0);

    private readonly PackBuilder _builder = new(1_000, 256 << 10);

    [Fact]
    public void Consecutive_rows_become_one_pack_with_epoch_sequence_and_clock()
    {
        var packs = _builder.Build(
            [Row(5, 41, Synced, Press("id-1")), Row(6, 42, Synced, Reading(1), Reading(2))], new LogPosition(4),
                Synced);

        var pack = Assert.Single(packs);
        Assert.Equal((7L, 41L, 44L, 6L), (pack.Epoch, pack.First, pack.Next, pack.Through.Value));
        var reader = Read(pack);
        Assert.Equal(("7", 41L, SenMlClock.Synced), (reader.EpochText, reader.Sequence, reader.Clock));
        Assert.Equal(3, reader.Records.Length);
        Assert.Equal(["lobby/button.press", "m/water.volume", "m/water.volume"], Names(reader));
        Assert.Equal("id-1", System.Text.Encoding.UTF8.GetString(reader.Text(reader.Records[0].Id)));
        Assert.Equal("m3", System.Text.Encoding.UTF8.GetString(reader.Text(reader.Records[1].Unit)));
    }

    [Fact]
    public void A_gap_in_the_numbers_starts_a_new_pack() =>
        Assert.Equal([1L, 9L], _builder.Build(
            [Row(1, 1, Synced, Reading(1)), Row(2, 9, Synced, Reading(2))], default, Synced).Select(pack =>
                pack.First));

    [Fact]
    public void Times_of_before_the_clock_was_known_are_repaired_in_a_pack_of_their_own()
    {
        var unsynced = new ClockStamp(ClockQuality.Unsynced, Boot, -TimeSpan.FromDays(1).Ticks);

        var packs = _builder.Build(
            [Row(1, 1, unsynced, Reading(1)), Row(2, 2, Synced, Reading(2))], default, Synced);

        Assert.Equal([SenMlClock.Estimated, SenMlClock.Synced], packs.Select(pack => Read(pack).Clock));
        Assert.Contains("1767686400", System.Text.Encoding.UTF8.GetString(packs[0].Bytes.Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_nobody_sets_says_what_it_shows_with_what_it_has_stamped_itself_and_with_nothing_else()
    {
        var wall = TimeSpan.FromDays(3).Ticks;
        var now = new ClockStamp(ClockQuality.Unsynced, Boot, wall + 1) { At = At.AddHours(3) };
        var packs = _builder.Build(
            [
                Row(1, 1, new ClockStamp(ClockQuality.Unsynced, Guid.NewGuid(), wall), Reading(1)),
                Row(2, 2, new ClockStamp(ClockQuality.Unsynced, Boot, wall - TimeSpan.FromHours(1).Ticks), Reading(2)),
                Row(3, 3, new ClockStamp(ClockQuality.Unsynced, Boot, wall), Reading(3)),
                Row(4, 4, new ClockStamp(ClockQuality.Unsynced, Boot, wall), Reading(4)),
                Row(5, 5, Synced, Reading(5)),
            ],
            default, now);

        Assert.Equal(
            [(1L, null), (3L, At.AddHours(3)), (5L, (DateTimeOffset?)null)],
            packs.Select(pack => (pack.First, Read(pack).SentAt)));
    }

    [Fact]
    public void A_clock_that_starts_at_1970_makes_a_pack_that_can_be_read_and_says_that_it_guesses()
    {
        var unsynced = new ClockStamp(ClockQuality.Unsynced, Boot, 0);
        var row = Row(1, 1, unsynced, Reading(1) with { At = DateTimeOffset.UnixEpoch });

        var pack = Assert.Single(_builder.Build([row], default, unsynced));

        Assert.Equal(SenMlClock.Unsynced, Read(pack).Clock);
    }

    [Fact]
    public void Packs_keep_to_the_limits_and_a_cursor_only_covers_whole_rows()
    {
        var name = new string('d', 120);
        var rows = Enumerable.Range(0, 5).Select(i => Row(i + 1, 1 + i * 1_000, Synced,
            [.. Enumerable.Range(0, 1_000).Select(_ =>
                new EdgeRecord(name, new string('s', 100), At, 0.1234567890123))])).ToArray();

        var packs = _builder.Build(rows, default, Synced);

        Assert.All(packs, pack => Assert.InRange(pack.Bytes.Length, 1, 256 << 10));
        Assert.Equal(5_000, packs.Sum(pack => Read(pack).Records.Length));
        Assert.All(packs, pack => Assert.True(pack.Next - 1 >= pack.Through.Value * 1_000));
        Assert.Equal(5, packs[^1].Through.Value);
        var one = new PackBuilder(10, 256 << 10).Build([Row(1, 1, Synced, [.. Enumerable.Repeat(Reading(1), 25)])],
            default, Synced);
        Assert.Equal([10, 10, 5], one.Select(pack => Read(pack).Records.Length));
    }

    [Fact]
    public void A_row_of_state_alone_moves_the_cursor_and_sends_nothing()
    {
        var pack = Assert.Single(_builder.Build([Row(3, 8, Synced)], new LogPosition(2), Synced));

        Assert.True(pack.Bytes.IsEmpty);
        Assert.Equal((3L, 8L), (pack.Through.Value, pack.Next));
    }

    public void Dispose() => _builder.Dispose();

    private static (LogPosition, OutboxRow) Row(long position, long first, ClockStamp clock,
        params EdgeRecord[] records) =>
        (new LogPosition(position), new OutboxRow(7, first, clock, default, records));

    private static EdgeRecord Press(string id) => new("lobby", EdgeSignals.Press, At, 1, id);

    private static EdgeRecord Reading(double value) => new("m", "water.volume", At, value);

    private static SenMlReader Read(Pack pack)
    {
        var reader = new SenMlReader();
        Assert.True(reader.TryRead(pack.Bytes.Span, At, out var fault), fault);
        return reader;
    }

    private static string[] Names(SenMlReader reader)
    {
        var names = new List<string>();
        foreach (var record in reader.Records)
        {
            names.Add(System.Text.Encoding.UTF8.GetString(reader.Text(record.Name)));
        }

        return [.. names];
    }
}
