using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Edge.Files;

namespace Hub.Edge.Supervision;

/// <summary>
/// How often this edge was started, and what to start with. After several starts that did not last, the configuration
/// that last did is used in place of the newer one; the newer one that the hub had sent is put aside and not taken
/// again.
/// <code>
///   start ─► lasts 5 min with one configuration ─► kept as the good one
///     └────► ends before, 3 times in a row ──────► safe mode: the good one, if it is another
/// </code>
/// </summary>
public sealed partial class StartLedger
{
    /// <summary>So many starts in a row may end before <see cref="SettleFor"/>.</summary>
    public const int QuickStartsMax = 3;

    /// <summary>A configuration with which the edge has lived so long is a good one.</summary>
    public static readonly TimeSpan SettleFor = TimeSpan.FromMinutes(5);

    private readonly string _folder;
    private Ledger _kept;
    private Configuration? _before;

    private StartLedger(string folder, Ledger kept) => (_folder, _kept) = (folder, kept);

    /// <summary>Starts since the data folder was made, this one included.</summary>
    public long Starts => _kept.Starts;

    /// <summary>The configuration that was asked for is not the one that is used.</summary>
    public bool IsSafeMode { get; private set; }

    private string SentPath => Path.Combine(_folder, "config.sent");

    /// <summary>
    /// Counts a start, durably if the disk takes it: a full one must not keep the edge from starting.
    /// </summary>
    public static StartLedger Begin(string folder)
    {
        Directory.CreateDirectory(folder);
        var kept = Read(Path.Combine(folder, "starts.json"));
        var ledger = new StartLedger(folder, kept with { Starts = kept.Starts + 1, Quick = kept.Quick + 1 });
        ledger.Write();
        return ledger;
    }

    /// <summary>The text to start with: the edge's own file, or the one that last lasted.</summary>
    public string Choose(string own)
    {
        var asked = new Configuration(own, Sent());
        if (_kept.Quick <= QuickStartsMax || _kept.Good is not { } good || good == asked)
        {
            _before = asked;
            return own;
        }

        IsSafeMode = true;
        if (asked.Sent != good.Sent)
        {
            IfPossible(() => PutBack(good.Sent, asked.Sent));
        }

        return good.Own;
    }

    /// <summary>
    /// To be called every <see cref="SettleFor"/>: the start has lasted, and so has a configuration that is still the
    /// one of the call before.
    /// </summary>
    public void Settle(string own)
    {
        var now = new Configuration(own, Sent());
        var good = !IsSafeMode && now == _before ? now : _kept.Good;
        _before = now;
        if (_kept.Quick > 0 || good != _kept.Good)
        {
            _kept = _kept with { Quick = 0, Good = good };
            Write();
        }
    }

    /// <summary>It was told to stop: that is no failure.</summary>
    public void End()
    {
        _kept = _kept with { Quick = 0 };
        Write();
    }

    private static Ledger Read(string path)
    {
        try
        {
            var kept = File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), LedgerJson.Default.Ledger)
                : null;
            return kept ?? new Ledger(0, 0, null);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return new Ledger(0, 0, null); // Counted anew: nothing depends on it but the count.
        }
    }

    private string? Sent() => File.Exists(SentPath) ? File.ReadAllText(SentPath) : null;

    private void PutBack(string? good, string? refused)
    {
        if (refused is not null)
        {
            DurableFile.Write(SentPath + ".refused", refused);
        }

        if (good is null)
        {
            File.Delete(SentPath);
        }
        else
        {
            DurableFile.Write(SentPath, good);
        }
    }

    private void Write() => IfPossible(() => DurableFile.Write(
        Path.Combine(_folder, "starts.json"), JsonSerializer.Serialize(_kept, LedgerJson.Default.Ledger)));

    private static void IfPossible(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The outbox tells of such a disk; this here only counts.
        }
    }

    internal sealed record Ledger(long Starts, int Quick, Configuration? Good);

    /// <summary>The edge's own file, and what the hub has sent, if it has.</summary>
    internal sealed record Configuration(string Own, string? Sent);

    [JsonSerializable(typeof(Ledger))]
    private sealed partial class LedgerJson : JsonSerializerContext;
}
