using System.Globalization;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters;

/// <summary>What one message has become: readings, what a device says about itself, or why it can't be read.</summary>
public sealed class Decoded(AdapterOptions options)
{
    private readonly List<DeviceReading> _readings = [];
    private readonly List<DeviceCard> _cards = [];

    public AdapterOptions Options => options;

    public IReadOnlyList<DeviceReading> Readings => _readings;

    public IReadOnlyList<DeviceCard> Cards => _cards;

    /// <summary>Whether the bridge behind the adapter has said that it came or went; null if it hasn't.</summary>
    public bool? IsOnline { get; set; }

    /// <summary>What is to be asked of the sender; null for nothing.</summary>
    public AdapterRequest? Request { get; set; }

    /// <summary>Why the message can't be read, as a sentence; null if it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Some time in it was no time: the arrival stands in its place.</summary>
    public bool IsTimeUnsure { get; private set; }

    public void Clear()
    {
        _readings.Clear();
        _cards.Clear();
        (IsOnline, Request, Refusal, IsTimeUnsure) = (null, null, null, false);
    }

    /// <summary>The whole message can't be read; nothing of it is kept but the message itself.</summary>
    public void Refuse(string why)
    {
        Refusal ??= why;
        _readings.Clear();
        _cards.Clear();
    }

    public void Add(string device, Meaning meaning, double sent, DateTimeOffset? at = null) =>
        Add(device, meaning.Signal, meaning.Unit, meaning.Of(sent), at);

    /// <param name="device">Its name as the family has it.</param>
    /// <param name="signal">What it measures.</param>
    /// <param name="unit">The unit sent, as SenML writes it.</param>
    /// <param name="value">What is no finite number is left out: no sensor means infinity.</param>
    /// <param name="at">Its own time; null for the arrival.</param>
    public void Add(string device, string signal, string unit, double value, DateTimeOffset? at = null)
    {
        if (Refusal is not null || !double.IsFinite(value))
        {
            return;
        }

        if (DeviceNames.Of(device, options.TextCharactersMax) is not { } name)
        {
            Refuse($"The device has no name in '{device}'; give it one of letters and digits.");
        }
        else if (_readings.Count == options.ReadingsMax)
        {
            Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"The message has more than {options.ReadingsMax} readings; send smaller ones."));
        }
        else
        {
            _readings.Add(new DeviceReading(name, signal, unit, value, at));
        }
    }

    public void Describe(string device, string name, string model, IEnumerable<CardSignal> signals)
    {
        if (Refusal is null && _cards.Count < options.DevicesMax
            && DeviceNames.Of(device, options.TextCharactersMax) is { } plain)
        {
            List<CardSignal> distinct =
                [.. signals.DistinctBy(signal => signal.Signal).Take(options.SignalsMax)];
            _cards.Add(new DeviceCard(plain, Cut(name), Cut(model.Trim()), distinct));
        }
    }

    public void Online(string device, bool isOnline, DateTimeOffset? at = null) =>
        Add(device, Signal.Online, "", isOnline ? 1 : 0, at);

    /// <summary>A message's own time if it can be one; else null, and its readings are only uncertain.</summary>
    public DateTimeOffset? Believe(DateTimeOffset? sent, DateTimeOffset now)
    {
        if (sent is not { } at || (at >= options.EarliestAt && at <= now + options.AheadMax))
        {
            return sent;
        }

        IsTimeUnsure = true;
        return null;
    }

    private string Cut(string text) =>
        text.Length <= options.TextCharactersMax ? text : text[..options.TextCharactersMax];
}
