namespace Hub.Transport.Messages;

internal static class SenMlLabels
{
    public const int Count = (int)SenMlLabel.Sent + 1;

    private static readonly string[] Names =
    [
        "?", "bn", "bt", "bu", "bv", "bs", "bver", "n", "u", "v", "vs", "vb", "vd", "s", "t", "ut", "ep", "sq", "ct",
        "id", "st",
    ];

    public static string NameOf(SenMlLabel label) => Names[(int)label];

    public static SenMlLabel Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 => name[0] switch
        {
            (byte)'n' => SenMlLabel.Name,
            (byte)'u' => SenMlLabel.Unit,
            (byte)'v' => SenMlLabel.Value,
            (byte)'s' => SenMlLabel.Sum,
            (byte)'t' => SenMlLabel.Time,
            _ => SenMlLabel.Unknown,
        },
        2 => FindPair((char)name[0], (char)name[1]),
        4 when name.SequenceEqual("bver"u8) => SenMlLabel.BaseVersion,
        _ => SenMlLabel.Unknown,
    };

    private static SenMlLabel FindPair(char first, char second) => (first, second) switch
    {
        ('b', 'n') => SenMlLabel.BaseName,
        ('b', 't') => SenMlLabel.BaseTime,
        ('b', 'u') => SenMlLabel.BaseUnit,
        ('b', 'v') => SenMlLabel.BaseValue,
        ('b', 's') => SenMlLabel.BaseSum,
        ('v', 's') => SenMlLabel.TextValue,
        ('v', 'b') => SenMlLabel.BooleanValue,
        ('v', 'd') => SenMlLabel.DataValue,
        ('u', 't') => SenMlLabel.UpdateTime,
        ('e', 'p') => SenMlLabel.Epoch,
        ('s', 'q') => SenMlLabel.Sequence,
        ('c', 't') => SenMlLabel.Clock,
        ('i', 'd') => SenMlLabel.Id,
        ('s', 't') => SenMlLabel.Sent,
        _ => SenMlLabel.Unknown,
    };
}
