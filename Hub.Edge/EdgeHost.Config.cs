using Hub.Edge.Pins;
using Hub.Edge.Setup;
using Hub.Transport.Messages;

namespace Hub.Edge;

/// <summary>How a configuration comes into force: checked whole, tried on the lines, kept, and told back.</summary>
public sealed partial class EdgeHost
{
    /// <summary>The configuration that the hub sent before the last stop, if it can still be used.</summary>
    private void ApplyKept()
    {
        var (kept, faults) = new SentConfig(_own.DataFolder).Over(_own);
        LogRefused(faults);
        try
        {
            Apply(kept!);
        }
        catch (GpioException e) when (kept != _own)
        {
            Log.ConfigRefused(_logger, e.Message);
            Apply(_own);
        }
    }

    /// <summary>
    /// Puts a configuration into force. What can fail comes first: the lines, which another program may have, and the
    /// keeping. A sensor, bus or broker that isn't there is no failure but a fault of its device.
    /// </summary>
    private void Apply(EdgeOptions options, Action? keep = null)
    {
        _lines.Use(options.Lines, keep);
        _lamps.Lines = _lines;
        _options = options;
        _sources.Use(SourcesOf(options));
    }

    private (string Version, IReadOnlyList<Fault> Faults) Configure(string text)
    {
        var answer = EdgeFile.ReadSent("config", text, _own);
        var faults = answer.Faults;
        if (answer.Options is { } options)
        {
            faults = Configure(options, text);
        }

        LogRefused(faults);
        return (answer.Version.Length > 0 ? answer.Version : "refused", faults);
    }

    /// <summary>Why it is not used; nothing if it is.</summary>
    private IReadOnlyList<Fault> Configure(EdgeOptions options, string text)
    {
        var sent = new SentConfig(_own.DataFolder);
        if (sent.IsRefused(text))
        {
            return [new Fault("config", 1, "version", options.ConfigVersion,
                "the edge ended soon after each start with it", "Correct it, and give it another version.")];
        }

        if (options.ConfigVersion == _options.ConfigVersion)
        {
            return [];
        }

        try
        {
            Apply(options, () => sent.Keep(text));
        }
        catch (Exception e) when (e is GpioException or IOException or UnauthorizedAccessException)
        {
            return [new Fault("config", 1, e is GpioException ? "lines" : "", "", e.Message,
                "The configuration before stays.")];
        }

        _status.Change();
        Log.Configured(_logger, options.ConfigVersion);
        return [];
    }

    private void LogRefused(IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            Log.ConfigRefused(_logger, fault.ToString());
        }
    }

    private EdgeStatusMessage Status(EdgeState state) => new(
        state, _outbox.Events.Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture), _startedAt, Version,
        _options.ConfigVersion);
}
