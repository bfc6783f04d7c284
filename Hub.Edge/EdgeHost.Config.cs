using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Transport.Messages;

namespace Hub.Edge;

/// <summary>How a configuration comes into force: checked whole, tried on the lines, kept, and told back.</summary>
public sealed partial class EdgeHost
{
    /// <summary>The configuration that the hub sent before the last stop, if it can still be used.</summary>
    private void ApplyKept()
    {
        var kept = new SentConfig(_own.DataFolder).Over(_own);
        foreach (var fault in kept.Faults)
        {
            Log.ConfigRefused(_logger, fault.ToString());
        }

        if (kept.Options is { } options && options != _own)
        {
            try
            {
                Apply(options);
                return;
            }
            catch (GpioException e)
            {
                Log.ConfigRefused(_logger, e.Message);
            }
        }

        Apply(_own);
    }

    /// <summary>Puts lines and intervals into force; the counts go on.</summary>
    private void Apply(EdgeOptions options)
    {
        _lamps.Lines = null;
        var before = _lines;
        before.Dispose();
        var lines = new LineWatch(_time, this, before.Counts());
        _lines = lines;
        lines.StuckChanged += NoteStuck;
        lines.Start(options.Lines, _openChip, $"buildinghub {_own.Edge}");
        _lamps.Lines = lines;
        _options = options;
    }

    private ValueTask<(string Version, IReadOnlyList<Fault> Faults)> ConfigureAsync(string text)
    {
        var answer = EdgeFile.ReadSent("config", text, _own);
        if (answer.Options is not { } options)
        {
            foreach (var fault in answer.Faults)
            {
                Log.ConfigRefused(_logger, fault.ToString());
            }

            return ValueTask.FromResult(("refused", answer.Faults));
        }

        var sent = new SentConfig(_own.DataFolder);
        if (sent.IsRefused(text))
        {
            Log.ConfigRefused(_logger, "This edge could not live with it.");
            return ValueTask.FromResult<(string, IReadOnlyList<Fault>)>(
                (options.ConfigVersion, [new Fault("config", 1, "version", options.ConfigVersion,
                    "the edge ended soon after each start with it", "Correct it, and give it another version.")]));
        }

        var before = _options;
        if (options.ConfigVersion == before.ConfigVersion)
        {
            return ValueTask.FromResult<(string, IReadOnlyList<Fault>)>((options.ConfigVersion, []));
        }

        try
        {
            Apply(options);
        }
        catch (GpioException e)
        {
            Log.ConfigRefused(_logger, e.Message);
            Apply(before);
            return ValueTask.FromResult<(string, IReadOnlyList<Fault>)>(
                (options.ConfigVersion,
                    [new Fault("config", 1, "lines", "", e.Message, "The configuration before stays.")]));
        }

        sent.Keep(text);
        SetBirth();
        _statusDue.Release();
        Log.Configured(_logger, options.ConfigVersion);
        return ValueTask.FromResult<(string, IReadOnlyList<Fault>)>((options.ConfigVersion, []));
    }

    private void SetBirth() => _uplink.SetBirth(Topics.Status(_own.Edge), Status(EdgeState.Online).ToJson());

    private EdgeStatusMessage Status(EdgeState state) => new(
        state, _outbox.Events.Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture), _startedAt, Version,
        _options.ConfigVersion);
}
