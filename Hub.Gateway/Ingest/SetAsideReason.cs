using System.Globalization;

namespace Hub.Gateway.Ingest;

/// <summary>One sentence for the faults of a pack: the first few, and how many more.</summary>
internal sealed class SetAsideReason(int shownMax)
{
    private readonly List<string> _shown = [];

    public int Count { get; private set; }

    public void Clear()
    {
        _shown.Clear();
        Count = 0;
    }

    public void Add(string fault)
    {
        Count++;
        if (_shown.Count < shownMax)
        {
            _shown.Add(fault);
        }
    }

    public override string ToString() => Count > _shown.Count
        ? string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", _shown)}; and {Count - _shown.Count} more.")
        : $"{string.Join("; ", _shown)}.";
}
