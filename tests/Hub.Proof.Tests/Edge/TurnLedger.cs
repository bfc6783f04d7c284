using System.Globalization;

namespace Hub.Proof.Tests.Edge;

/// <summary>
/// What the meters and doors of one life did, line by line, so that a kill takes none of it:
/// <code>
///   pulses of the first meter │ … │ of the last │ levels that each door has told    one space between, and a line's end
/// </code>
/// A pulse is written before it ends and a door's level when its telling is over: a meter has turned at most so often,
/// and a door has told at least so much.
/// </summary>
internal sealed class TurnLedger : IDisposable
{
    private readonly StreamWriter _lines;
    private readonly long[] _turned;

    /// <summary>Begins it; each door has told how it stands.</summary>
    public TurnLedger(string path, int meters)
    {
        (_lines, _turned) = (new StreamWriter(path) { AutoFlush = true }, new long[meters]);
        Write();
    }

    public long Told { get; private set; } = 1;

    /// <summary>Of a life that was killed before it began one, nothing.</summary>
    public static (long[] Turned, long Told) Read(string path, int meters)
    {
        // After the last line's end there is nothing, or what the kill has cut off.
        var lines = File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [];
        long[] last = lines.Length == 0 ? new long[meters + 1]
            : [.. lines[^1].Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return (last[..meters], last[meters]);
    }

    public void Turn(IEnumerable<int> meters)
    {
        foreach (var meter in meters)
        {
            _turned[meter]++;
        }

        Write();
    }

    public void Tell()
    {
        Told++;
        Write();
    }

    public void Dispose() => _lines.Dispose();

    private void Write() => _lines.Write($"{string.Join(' ', _turned)} {Told}\n");
}
