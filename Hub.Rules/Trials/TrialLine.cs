using System.Globalization;
using Hub.Rules.Files;
using Hub.Rules.Readings;

namespace Hub.Rules.Trials;

/// <summary>One line of a trial file, taken word by word; what is wrong with it is noted once.</summary>
internal sealed class TrialLine(int number, string text, FaultList faults)
{
    private readonly List<string> _words = [.. Before(text, '#').Split(
        (char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    private int _at;

    public int Number => number;

    public bool IsFaulty { get; private set; }

    public bool IsEmpty => _words.Count == 0;

    public bool HasMore => _at < _words.Count;

    /// <summary>The next word, which stays.</summary>
    public string Peek => HasMore ? _words[_at] : "";

    public string Rest => string.Join(' ', _words.Skip(_at));

    public string Next() => HasMore ? _words[_at++] : "";

    public bool TryTake(string word)
    {
        if (Peek != word)
        {
            return false;
        }

        _at++;
        return true;
    }

    public void Refuse(string field, string value, string limit, string cure = "")
    {
        IsFaulty = true;
        faults.Add(number, field, value, limit, cure);
    }

    /// <summary>What is left over is a fault.</summary>
    public void Done(string known)
    {
        if (HasMore && !IsFaulty)
        {
            Refuse("the line", Rest, $"that has no place here; a line is {known}");
        }
    }

    /// <summary>An amount in the kept unit: a number, and the word after it unless that ends it.</summary>
    public double? Amount(string field, string kept, Func<string, bool> isEnd)
    {
        var written = Next();
        if (HasMore && written.Length > 0 && char.IsAsciiDigit(written[^1]) && kept.Length > 0 && !isEnd(Peek))
        {
            written += ' ' + Next();
        }

        if (Files.Amount.Parse(written, kept, out var wrong) is { } amount)
        {
            return amount;
        }

        Refuse(field, written, wrong);
        return null;
    }

    /// <summary>A reading's value in the signal's own unit; contacts and buttons have words.</summary>
    public double? Value(Signal signal, Func<string, bool> isEnd)
    {
        if (signal.Kind is SignalKind.Contact or SignalKind.Press)
        {
            var word = Next();
            switch (word)
            {
                case "1" or "open" or "on" or "pressed":
                    return 1;
                case "0" or "closed" or "off":
                    return 0;
                default:
                    Refuse("value", word, "it must be open, closed, on, off, pressed, 1 or 0");
                    return null;
            }
        }

        return Amount("value", signal.Unit, isEnd);
    }

    /// <summary>A time of day, or with the day before it: <c>08:30</c>, <c>1d08:30</c>.</summary>
    public DateTimeOffset? Time(string field, string written)
    {
        var parts = written.Split('d');
        var days = 0;
        var isTime = TimeSpan.TryParseExact(parts[^1], @"h\:mm", CultureInfo.InvariantCulture, out var clock)
            || TimeSpan.TryParseExact(parts[^1], @"h\:mm\:ss", CultureInfo.InvariantCulture, out clock);
        if (isTime && parts.Length <= 2
            && (parts.Length == 1 || int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out days)))
        {
            return Trial.Day.AddDays(days) + clock;
        }

        Refuse(field, written, "it must be a time such as 08:30, or with whole days before it 1d08:30");
        return null;
    }

    private static string Before(string text, char end) => text.IndexOf(end) is >= 0 and var at ? text[..at] : text;
}
