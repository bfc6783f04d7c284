using System.Globalization;

namespace Hub.Rules.Files;

/// <summary>
/// Reads one map of a file key by key; what is wrong is noted and reading goes on, so that a file's faults come all at
/// once. After a fault a getter gives null, as if nothing were written. <see cref="Done"/> ends it: a key that nobody
/// asked for is a fault.
/// </summary>
public sealed class MapReader
{
    public const int TextCharactersMax = 500;

    private const string Required = "it must be given";
    private const string MapExpected = "it must be a map of keys and values";

    private static readonly Dictionary<string, bool> Flags =
        new() { ["true"] = true, ["false"] = false, ["yes"] = true, ["no"] = false };

    private readonly Dictionary<string, (int Line, Written Value)> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];
    private readonly FaultList _faults;
    private readonly string _path;

    public MapReader(Written? written, string path, FaultList faults)
    {
        (_path, _faults) = (path, faults);
        Line = written?.Line ?? 1;
        switch (written)
        {
            case Written.Map map:
                Take(map);
                break;
            case null or Written.Scalar { Text: "" }:
                break;
            default:
                faults.Add(Line, path.Length == 0 ? "the file" : path, written.Summary(), MapExpected);
                break;
        }
    }

    /// <summary>The line the map begins on.</summary>
    public int Line { get; }

    public bool Has(string key) => _entries.ContainsKey(key);

    public int LineOf(string key) => _entries.TryGetValue(key, out var entry) ? entry.Line : Line;

    public string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    /// <summary>Notes that the value at <paramref name="key"/> won't do.</summary>
    public void Refuse(string key, string limit, string cure = "") =>
        _faults.Add(LineOf(key), PathOf(key), SummaryOf(key), limit, cure);

    /// <summary>Notes that one entry of the list at <paramref name="key"/> won't do.</summary>
    public void RefuseEntry(string key, int line, string entry, string limit, string cure = "") =>
        _faults.Add(line, PathOf(key), entry, limit, cure);

    public string? Text(string key, bool required = false, int charactersMax = TextCharactersMax)
    {
        if (Scalar(key, required) is not { } text)
        {
            return null;
        }

        if (text.Length > charactersMax)
        {
            Refuse(key, $"it may have at most {charactersMax} characters");
            return null;
        }

        return text;
    }

    /// <summary>A stable, readable name of letters, digits and <c>- _ .</c>, fit for topics and addresses.</summary>
    public string? Id(string key, bool required = false, int charactersMax = 64)
    {
        var text = Text(key, required, charactersMax);
        if (text is null || (char.IsAsciiLetterOrDigit(text[0]) && text.All(IsIdCharacter)))
        {
            return text;
        }

        Refuse(
            key, "an id has letters a-z, digits, '-', '_' and '.', and begins with a letter or digit",
            "put the name that people say in 'name'");
        return null;
    }

    /// <summary>One of some words; case and dashes don't matter (<c>not-moved-in</c> is <c>notMovedIn</c>).</summary>
    public T? OneOf<T>(string key, IReadOnlyDictionary<string, T> words, bool required = false)
        where T : struct =>
        Word(key, words.Keys, required) is { } word ? words[word] : null;

    /// <summary>One of some words, as it stands among them.</summary>
    public string? Word(string key, IEnumerable<string> words, bool required = false) =>
        Scalar(key, required) is { } text ? Known(key, LineOf(key), text, words) : null;

    /// <summary>A list of some words.</summary>
    public IReadOnlyList<T> EachOf<T>(string key, IReadOnlyDictionary<string, T> words) =>
        [.. from entry in Texts(key, words.Count)
            let word = Known(key, entry.Line, entry.Text, words.Keys)
            where word is not null
            select words[word]];

    /// <summary>Whether just this word stands there, such as <c>none</c> in place of a map.</summary>
    public bool IsWord(string key, string word) => Find(key) is Written.Scalar scalar && scalar.Text == word;

    /// <summary>An amount in the kept unit, between the limits (which are in that unit too).</summary>
    public double? Amount(
        string key, string kept, double min = double.NegativeInfinity, double max = double.PositiveInfinity,
        bool required = false)
    {
        if (Scalar(key, required) is not { } text)
        {
            return null;
        }

        if (Files.Amount.Parse(text, kept, out var wrong) is not { } amount)
        {
            Refuse(key, wrong);
            return null;
        }

        if (amount >= min && amount <= max)
        {
            return amount;
        }

        var bounds = double.IsNegativeInfinity(min) ? $"at most {Files.Amount.Say(max, kept)}"
            : double.IsPositiveInfinity(max) ? $"at least {Files.Amount.Say(min, kept)}"
            : $"from {Files.Amount.Say(min, kept)} to {Files.Amount.Say(max, kept)}";
        Refuse(key, $"it must be {bounds}");
        return null;
    }

    public TimeSpan? Span(string key, TimeSpan min, TimeSpan max, bool required = false) =>
        Amount(key, "s", min.TotalSeconds, max.TotalSeconds, required) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public int? Whole(string key, int min, int max, bool required = false)
    {
        if (Scalar(key, required) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && whole >= min && whole <= max)
        {
            return whole;
        }

        Refuse(key, string.Create(CultureInfo.InvariantCulture, $"it must be a whole number from {min} to {max}"));
        return null;
    }

    public bool? Flag(string key) => OneOf(key, Flags);

    /// <summary>An instant; one without an offset is on the clocks of <paramref name="zone"/>.</summary>
    public DateTimeOffset? Instant(string key, TimeZoneInfo zone, bool required = false)
    {
        if (Scalar(key, required) is not { } text)
        {
            return null;
        }

        if (InstantText.Parse(text, zone) is { } at)
        {
            return at;
        }

        Refuse(key, "it must be a day or an instant, such as 2026-11-22 or 2026-11-22T09:00+08:00");
        return null;
    }

    public MapReader? Map(string key) =>
        Find(key) is { } value ? new MapReader(value, PathOf(key), _faults) : null;

    /// <summary>A list of maps; a single map counts as a list of one.</summary>
    public IEnumerable<MapReader> Maps(string key, int countMax) =>
        Items(key, countMax).Select((item, index) =>
            new MapReader(item is Written.Map ? item : Odd(item, key, index), $"{PathOf(key)}[{index}]", _faults));

    /// <summary>A list of words; a single word counts as a list of one.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string key, int countMax)
    {
        List<(string, int)> texts = [];
        foreach (var (item, index) in Items(key, countMax).Select((item, index) => (item, index)))
        {
            if (item is Written.Scalar { Text.Length: > 0 and <= TextCharactersMax } scalar)
            {
                texts.Add((scalar.Text, scalar.Line));
            }
            else
            {
                _faults.Add(
                    item.Line, $"{PathOf(key)}[{index}]", item.Summary(),
                    $"it must be a word of at most {TextCharactersMax} characters");
            }
        }

        return texts;
    }

    /// <summary>Every key that was not asked for is a fault.</summary>
    public void Done()
    {
        foreach (var (key, (line, value)) in _entries.Where(entry => !_asked.Contains(entry.Key)))
        {
            var cure = Resemblance.DidYouMean(key, _asked.Except(_entries.Keys));
            var known = _asked.Count == 0 ? "nothing" : string.Join(", ", _asked.Distinct());
            _faults.Add(line, PathOf(key), value.Summary(), $"there is no key '{key}' here; known are {known}", cure);
        }
    }

    private string? Known(string key, int line, string text, IEnumerable<string> words)
    {
        var bare = Bare(text);
        if (words.FirstOrDefault(word => Bare(word).Equals(bare, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        var limit = $"it must be one of {string.Join(", ", words)}";
        RefuseEntry(key, line, text, limit, Resemblance.DidYouMean(text, words));
        return null;
    }

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static string Bare(string word) =>
        word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private void Take(Written.Map map)
    {
        foreach (var (key, line, value) in map.Entries)
        {
            if (!_entries.TryAdd(key, (line, value)))
            {
                var first = _entries[key].Line;
                _faults.Add(
                    line, PathOf(key), value.Summary(), $"'{key}' stands twice, first on line {first}", "keep one");
            }
        }
    }

    private Written? Find(string key)
    {
        _asked.Add(key);
        return _entries.TryGetValue(key, out var entry) ? entry.Value : null;
    }

    private string SummaryOf(string key) => _entries.TryGetValue(key, out var entry) ? entry.Value.Summary() : "";

    private string? Scalar(string key, bool required)
    {
        var written = Find(key);
        if (written is Written.Scalar { Text.Length: > 0 } scalar)
        {
            return scalar.Text;
        }

        if (written is Written.List or Written.Map)
        {
            Refuse(key, "it must be a single value");
        }
        else if (required)
        {
            Refuse(key, Required);
        }

        return null;
    }

    private IReadOnlyList<Written> Items(string key, int countMax)
    {
        IReadOnlyList<Written> items = Find(key) switch
        {
            null or Written.Scalar { Text: "" } => [],
            Written.List list => list.Items,
            { } single => [single],
        };
        if (items.Count <= countMax)
        {
            return items;
        }

        Refuse(key, $"it has {items.Count} entries; at most {countMax} are read");
        return [];
    }

    private Written.Map Odd(Written item, string key, int index)
    {
        _faults.Add(item.Line, $"{PathOf(key)}[{index}]", item.Summary(), MapExpected);
        return new Written.Map(item.Line, []);
    }
}
