using System.Net;
using System.Text.RegularExpressions;
using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hub.Edge.Setup;

/// <summary>
/// Reads <c>edge.yaml</c>, and what a hub sends in place of its sources and intervals (JSON, which is YAML too): a
/// checked configuration, or every fault in it at once.
/// </summary>
public static partial class EdgeFile
{
    private const int TextCharactersMax = 1 << 20;

    /// <summary>Reads the edge's own file.</summary>
    public static EdgeFileAnswer Read(string fileName, string text)
    {
        var faults = new List<Fault>();
        var root = Root(fileName, text, faults);
        var edge = root.Required("edge", "an id of letters, digits, - and _, at most 64", "Give this edge its id.");
        if (edge.Length > 0 && !Id().IsMatch(edge))
        {
            root.Refuse("edge", edge, "letters, digits, - and _, at most 64", "Choose an id that fits into a topic.");
        }

        var taken = new TakenPoints();
        var options = new EdgeOptions
        {
            Edge = edge,
            DataFolder = root.Text("data", "/var/lib/buildinghub-edge"),
            ConfigVersion = root.Text("version", "file"),
            Hub = Hub(root.Section("hub")),
            Intervals = Intervals(root.Section("intervals"), new EdgeIntervals()),
            Limits = Limits(root.Section("limits")),
            Kiosk = Kiosk(root.Section("kiosk")),
            Lines = LineSections.Read(root.Sections("lines"), taken),
            Sensors = SensorSections.Read(root, taken),
            Modbus = ModbusSections.Read(root, taken),
            LocalMqtt = LocalBrokerSection.Read(root.Section("localMqtt")),
        };
        root.Finish();
        return Answer(options, faults);
    }

    /// <summary>
    /// Reads what the hub sent: a version, and what stands in place of this edge's own. What is left out is as the
    /// edge's own file has it, and not as the hub had sent it before: so what holds depends on the last message alone,
    /// which is the one that is retained.
    /// </summary>
    public static EdgeFileAnswer ReadSent(string fileName, string text, EdgeOptions own)
    {
        var faults = new List<Fault>();
        var root = Root(fileName, text, faults);
        var kept = own with
        {
            ConfigVersion = root.Required("version", "a text that names this configuration",
                "Number the configurations."),
            Intervals = Intervals(root.Section("intervals"), own.Intervals),
            Lines = root.Has("lines") ? [] : own.Lines,
            Sensors = root.Has("sensors") ? [] : own.Sensors,
            Modbus = root.Has("modbus") ? [] : own.Modbus,
            LocalMqtt = root.Has("localMqtt")
                ? LocalBrokerSection.ReadSent(root.Section("localMqtt"), own.SecretsFolder)
                : own.LocalMqtt,
        };
        var taken = new TakenPoints(kept.PointKeys);
        var options = kept with // Of each pair one is empty.
        {
            Lines = [.. kept.Lines, .. LineSections.Read(root.Sections("lines"), taken)],
            Sensors = [.. kept.Sensors, .. SensorSections.Read(root, taken)],
            Modbus = [.. kept.Modbus, .. ModbusSections.Read(root, taken)],
        };
        root.Finish();
        return Answer(options, faults);
    }

    private static EdgeFileAnswer Answer(EdgeOptions options, List<Fault> faults) =>
        new(faults.Count == 0 ? options : null, [.. faults.OrderBy(fault => fault.Line)])
        {
            Version = options.ConfigVersion,
        };

    private static YamlSection Root(string fileName, string text, List<Fault> faults)
    {
        if (text.Length > TextCharactersMax)
        {
            faults.Add(new Fault(fileName, 1, "", $"{text.Length} characters", $"at most {TextCharactersMax}",
                "Shorten it."));
            return new YamlSection(fileName, "", null, faults);
        }

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode map }])
            {
                return new YamlSection(fileName, "", map, faults);
            }

            faults.Add(new Fault(fileName, 1, "", "", "one document of fields", "Begin with 'edge: <id>'."));
        }
        catch (YamlException e)
        {
            faults.Add(new Fault(fileName, (int)e.Start.Line, "", "", "not readable as YAML", e.Message));
        }

        return new YamlSection(fileName, "", null, faults);
    }

    private static HubEndpoint Hub(YamlSection section)
    {
        var isTls = section.Flag("tls", false);
        var passwordFile = section.TextOrNull("passwordFile");
        var hub = new HubEndpoint
        {
            Host = section.Text("host", "localhost"),
            IsTls = isTls,
            Port = section.Whole("port", isTls ? 8883 : 1883, 1, 65535),
            User = section.TextOrNull("user"),
            Password = passwordFile is not null && File.Exists(passwordFile)
                ? File.ReadAllText(passwordFile).TrimEnd('\r', '\n')
                : section.TextOrNull("password"),
            AuthorityFile = ExistingFile(section, "authority"),
            CertificateFile = ExistingFile(section, "certificate"),
            KeyFile = ExistingFile(section, "key"),
            ReconnectWaitMax = section.Duration(
                "reconnectWait", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        };
        _ = section.Has("password");
        _ = ExistingFile(section, "passwordFile");
        if ((hub.CertificateFile is null) != (hub.KeyFile is null))
        {
            var missing = hub.KeyFile is null ? "key" : "certificate";
            section.Refuse(missing, "", "a certificate needs its key", "Name both files, or none.");
        }

        section.Finish();
        return hub;
    }

    internal static string? ExistingFile(YamlSection section, string name)
    {
        var path = section.TextOrNull(name);
        if (path is not null && !File.Exists(path))
        {
            section.Refuse(name, path, "a file that exists", "Correct the path, or put the file there.");
        }

        return path;
    }

    private static EdgeIntervals Intervals(YamlSection section, EdgeIntervals fallback)
    {
        var day = TimeSpan.FromDays(1);
        var intervals = new EdgeIntervals
        {
            Registers = section.Duration("registers", fallback.Registers, TimeSpan.FromSeconds(1), day),
            Contacts = section.Duration("contacts", fallback.Contacts, TimeSpan.FromSeconds(10), day),
            Health = section.Duration("health", fallback.Health, TimeSpan.FromSeconds(5), day),
            Commit = section.Duration("commit", fallback.Commit, TimeSpan.FromMilliseconds(50),
                TimeSpan.FromMinutes(10)),
        };
        section.Finish();
        return intervals;
    }

    private static EdgeLimits Limits(YamlSection section)
    {
        var preset = new EdgeLimits();
        var limits = new EdgeLimits
        {
            CommitRecordsMax = section.Whole("commitRecords", preset.CommitRecordsMax, 1, OutboxRow.RecordsMax),
            WaitingRecordsMax = section.Whole("waitingRecords", preset.WaitingRecordsMax, 100, 1_000_000),
            EventsBytesMax = (long)section.Whole("eventsMiB", (int)(preset.EventsBytesMax >> 20), 1, 65_536) << 20,
            ReadingsBytesMax = (long)section.Whole("readingsMiB", (int)(preset.ReadingsBytesMax >> 20), 1,
                1_048_576) << 20,
            WaitingFor = section.Duration(
                "waitingFor", preset.WaitingFor, TimeSpan.FromHours(1), TimeSpan.FromDays(4_000)),
            KeptBytesMax = (long)section.Whole("keptMiB", (int)(preset.KeptBytesMax >> 20), 0, 1_048_576) << 20,
            KeptFor = section.Duration("keptFor", preset.KeptFor, TimeSpan.Zero, TimeSpan.FromDays(400)),
            InFlightMax = section.Whole("inFlight", preset.InFlightMax, 2, 1_000),
        };
        section.Finish();
        return limits;
    }

    private static KioskOptions Kiosk(YamlSection section)
    {
        var preset = new KioskOptions();
        var languages = section.Texts("languages");
        foreach (var language in languages.Where(language => !KioskTexts.Has(language)))
        {
            section.Refuse("languages", language, $"some of {string.Join(", ", KioskTexts.Languages)}",
                "Remove or correct it.");
        }

        var offered = languages.Count == 0 ? KioskTexts.Languages : languages;
        var kiosk = preset with
        {
            IsEnabled = section.Flag("enabled", section.IsPresent),
            Lobby = section.Text("lobby", preset.Lobby),
            Device = section.Text("device", preset.Device),
            Building = section.Text("building", preset.Building),
            Hotline = section.Text("hotline", preset.Hotline),
            Languages = offered,
            LanguageDefault = section.Choice("language", offered[0],
                offered.Distinct().ToDictionary(language => language)),
            PixelsPerInch = section.Number("ppi", preset.PixelsPerInch, 40, 600),
            TimeZone = section.Text("timeZone", preset.TimeZone),
            HostsAllowed = section.Texts("hosts"),
            IsWatched = section.Flag("watched", preset.IsWatched),
            IsDemo = section.Flag("demo", preset.IsDemo),
        };
        var listen = section.Text("listen", preset.Endpoint.ToString());
        if (!IPEndPoint.TryParse(listen, out var endpoint) || endpoint.Port == 0)
        {
            section.Refuse("listen", listen, "an address and a port", "Write it like 127.0.0.1:8090.");
        }

        // An edge without a screen needs no zones, and a small system may have none.
        if (kiosk.IsEnabled && !TimeZoneInfo.TryFindSystemTimeZoneById(kiosk.TimeZone, out _))
        {
            section.Refuse("timeZone", kiosk.TimeZone, "an IANA time zone that this machine knows",
                "Write it like Asia/Shanghai; the machine needs the package tzdata.");
        }

        if (kiosk.IsEnabled && kiosk.Hotline.Length == 0)
        {
            section.Refuse("hotline", "", "a number that answers day and night",
                "Name the number that residents dial.");
        }

        section.Finish();
        return kiosk with { Endpoint = endpoint ?? preset.Endpoint };
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    internal static partial Regex Id();
}
