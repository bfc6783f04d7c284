namespace Hub.Rules.Files;

/// <summary>Collects what is wrong with one file while it is read.</summary>
public sealed class FaultList(string file)
{
    /// <summary>A file wrong in more places than this is the wrong file; the rest is only counted.</summary>
    public const int FaultsMax = 200;

    private readonly List<Fault> _faults = [];
    private int _left;

    public string File { get; } = file;

    public int Count => _faults.Count + _left;

    public void Add(int line, string field, string value, string limit, string cure = "")
    {
        if (_faults.Count == FaultsMax)
        {
            _left++;
            return;
        }

        _faults.Add(new Fault(File, line, field, value, limit, cure));
    }

    /// <summary>The value if nothing was wrong, else every fault.</summary>
    public Checked<T> Check<T>(Func<T> value)
        where T : class
    {
        if (_faults.Count == 0)
        {
            return new Checked<T>(value(), []);
        }

        List<Fault> sorted = [.. _faults.OrderBy(fault => fault.Line)];
        if (_left > 0)
        {
            sorted.Add(new Fault(File, 0, "", "", $"{_left} more faults are not listed", "mend these first"));
        }

        return new Checked<T>(null, sorted);
    }
}
