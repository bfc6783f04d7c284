using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Journal;

/// <summary>Entries of every kind, drawn from a seed.</summary>
internal static class SomeEntries
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly double[] Values =
    [
        0, -0.0, 1, -1, 21.5, 0.1, 1e9, -1e300, double.NaN, double.PositiveInfinity, double.Epsilon, 134217728, 134217729,
    ];

    private static readonly string[] Names = ["", "edge-b1", "load-7", "一栋/网关", new string('x', 300)];

    public static IReadOnlyList<Entry> Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => DrawOne(random))];

    public static byte[] Block(IEnumerable<Entry> entries, DateTimeOffset at)
    {
        var writer = new EntryWriter();
        foreach (var entry in entries)
        {
            writer.Write(entry);
        }

        return Block(writer, at);
    }

    public static byte[] Block(EntryWriter writer, DateTimeOffset at)
    {
        var block = new byte[JournalBlock.HeadBytes + writer.Length + JournalBlock.TailBytes];
        writer.Written.CopyTo(block.AsSpan(JournalBlock.HeadBytes));
        writer.Clear();
        JournalBlock.Seal(block, at);
        return block;
    }

    /// <summary>As text, because a record with a memory in it compares by reference.</summary>
    public static string Text(Entry entry) => entry switch
    {
        Entry.Readings r => $"{r.Source} {r.Epoch} {r.Sequence} {r.ReceivedAt.UtcTicks} "
            + string.Join(';', r.Items.ToArray().Select(i =>
                $"{i.Point} {i.AtTicks} {BitConverter.DoubleToInt64Bits(i.Value)} {i.Quality} {i.PressId}")),
        Entry.SetAside a => $"{a.Source} {a.Topic} {a.Kind} {a.Reason} {a.ReceivedAt.UtcTicks} "
            + Convert.ToHexString(a.Payload.Span),
        _ => entry.ToString(),
    };

    private static Entry DrawOne(Random random) => random.Next(6) switch
    {
        0 => new Entry.Tick(At(random)),
        1 => new Entry.Presence(Name(random), random.Next(2) == 0, At(random)),
        2 => new Entry.Changed(At(random), new SiteChange.PointRetired(new PointNumber(random.Next(1, 1000)))),
        3 => new Entry.SetAside(
            Name(random), Name(random), (SetAsideKind)random.Next(1, 5), Name(random), At(random), Bytes(random)),
        4 => new Entry.Lost(
            Name(random), Name(random), random.NextInt64(long.MaxValue), random.NextInt64(long.MaxValue),
            random.Next(2) == 0, At(random)),
        _ => new Entry.Readings(
            Name(random), Name(random), random.NextInt64(long.MaxValue), At(random),
            Enumerable.Range(0, random.Next(20)).Select(_ => new Reading(
                new PointNumber(random.Next(1, int.MaxValue)), At(random).UtcTicks,
                Values[random.Next(Values.Length)] * (random.Next(3) == 0 ? random.NextDouble() : 1),
                (Quality)random.Next(3), random.Next(4) == 0 ? "press-" + random.Next() : null)).ToArray()),
    };

    private static string Name(Random random) => Names[random.Next(Names.Length)];

    private static DateTimeOffset At(Random random) =>
        new(random.NextInt64(DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(100)];
        random.NextBytes(bytes);
        return bytes;
    }
}
