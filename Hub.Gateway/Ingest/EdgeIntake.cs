using System.Text;

namespace Hub.Gateway.Ingest;

/// <summary>
/// What the hub remembers of one edge to take its messages in. Everything but the gate needs the gate.
/// </summary>
internal sealed class EdgeIntake(string edge, EdgeSequences sequences, int namesMax)
{
    public Lock Gate { get; } = new();

    public string Edge { get; } = edge;

    public byte[] EdgeUtf8 { get; } = Encoding.UTF8.GetBytes(edge);

    public EdgeSequences Sequences { get; } = sequences;

    public NameTable Names { get; } = new(edge, namesMax);

    public SetAsideBudget SetAsides { get; } = new();

    public bool IsOnline { get; set; }

    // Counted here, by whoever holds the gate, and summed up when somebody asks: no shared counter on the hot path.
    public long Accepted { get; set; }

    public long Duplicate { get; set; }

    public long Late { get; set; }

    public long Rejected { get; set; }

    public long Quarantined { get; set; }
}
