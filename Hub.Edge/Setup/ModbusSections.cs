using System.Globalization;
using Hub.Edge.Modbus;

namespace Hub.Edge.Setup;

/// <summary>Reads <c>modbus:</c>, bus by bus.</summary>
internal static class ModbusSections
{
    private const int BusesMax = 16;
    private const int RegistersMax = 1_000;
    private const int AddressMax = ushort.MaxValue;

    private static readonly Dictionary<string, SerialParity> Parities = new()
    {
        ["none"] = SerialParity.None,
        ["even"] = SerialParity.Even,
        ["odd"] = SerialParity.Odd,
    };

    private static readonly Dictionary<string, RegisterTable> Tables = new()
    {
        ["holding"] = RegisterTable.Holding,
        ["input"] = RegisterTable.Input,
    };

    private static readonly Dictionary<string, WordOrder> Orders = new()
    {
        ["big"] = WordOrder.Big,
        ["little"] = WordOrder.Little,
        ["swapped"] = WordOrder.Swapped,
    };

    private static readonly Dictionary<string, RegisterType> Types = new()
    {
        ["u16"] = RegisterType.U16,
        ["s16"] = RegisterType.S16,
        ["u32"] = RegisterType.U32,
        ["s32"] = RegisterType.S32,
        ["u64"] = RegisterType.U64,
        ["f32"] = RegisterType.F32,
        ["f64"] = RegisterType.F64,
    };

    public static IReadOnlyList<BusOptions> Read(YamlSection root, TakenPoints taken)
    {
        var sections = root.Sections("modbus");
        if (sections.Count > BusesMax)
        {
            root.Refuse("modbus", $"{sections.Count} buses", $"at most {BusesMax}", "Spread them over more edges.");
        }

        var buses = sections.Select(section => (section, bus: Bus(section, taken))).ToArray();
        foreach (var (section, bus) in buses.Where(one => one.bus.Serial is not null)
                     .GroupBy(one => one.bus.Serial!.Path).SelectMany(twins => twins.Skip(1)))
        {
            section.Refuse("serial", bus.Serial!.Path, "each line once", "Put its registers under one entry.");
        }

        foreach (var (section, _) in buses)
        {
            section.Finish();
        }

        return [.. buses.Select(one => one.bus)];
    }

    private static BusOptions Bus(YamlSection section, TakenPoints taken)
    {
        var path = section.TextOrNull("serial");
        var host = section.Text("host", "");
        if ((path is null) == (host.Length == 0))
        {
            section.Refuse(path is null ? "host" : "serial", path ?? "", "either serial or host",
                "Name the line (serial: /dev/ttyUSB0) or the server (host: 192.168.1.20).");
        }

        var registers = section.Sections("registers");
        if (registers.Count is 0 or > RegistersMax)
        {
            section.Refuse("registers", $"{registers.Count} registers", $"1 to {RegistersMax}",
                "List what is to be read.");
        }

        var preset = new BusOptions { Registers = [] };
        return preset with
        {
            Serial = path is null ? null : Serial(section, path),
            Host = host,
            Port = path is null ? section.Whole("port", preset.Port, 1, 65535) : preset.Port,
            Timeout = section.Duration("timeout", preset.Timeout, TimeSpan.FromMilliseconds(50),
                TimeSpan.FromSeconds(30)),
            Retries = section.Whole("retries", preset.Retries, 0, 10),
            GapMax = section.Whole("gap", preset.GapMax, 0, ReadBatch.WordsMax),
            Registers = Registers(registers, isSerial: path is not null, taken),
        };
    }

    private static SerialOptions Serial(YamlSection section, string path)
    {
        var preset = new SerialOptions { Path = path };
        return preset with
        {
            Baud = section.Choice("baud", preset.Baud, SerialOptions.Bauds.ToDictionary(
                baud => baud.ToString(CultureInfo.InvariantCulture))),
            Parity = section.Choice("parity", preset.Parity, Parities),
            StopBits = section.Whole("stopBits", preset.StopBits, 1, 2),
        };
    }

    private static IReadOnlyList<RegisterOptions> Registers(
        IReadOnlyList<YamlSection> sections, bool isSerial, TakenPoints taken)
    {
        var registers = sections.Select(section => (section, one: Register(section, isSerial, taken))).ToArray();
        foreach (var table in registers.Where(register => register.section.Has("address"))
                     .GroupBy(register => (register.one.Unit, register.one.Table)))
        {
            RegisterOptions? before = null;
            foreach (var (section, one) in table.OrderBy(register => register.one.Address))
            {
                if (before is not null && one.Address < before.End)
                {
                    section.Refuse("address", one.Address.ToString(CultureInfo.InvariantCulture),
                        $"registers {before.Address} to {before.End - 1} are those of {before.Point.Key}",
                        "Correct the address or the type of one of the two.");
                }

                before = before is null || one.End > before.End ? one : before;
            }
        }

        return [.. registers.Select(register => register.one)];
    }

    private static RegisterOptions Register(YamlSection section, bool isSerial, TakenPoints taken)
    {
        var point = PointSections.Read(section, taken, TimeSpan.FromSeconds(60));
        foreach (var (field, cure) in new[]
                 {
                     ("address", "Count from 0: the manual's 40001 is holding register 0."),
                     ("type", $"Write one of {string.Join(", ", Types.Keys)}."),
                 })
        {
            if (!section.Has(field))
            {
                section.Refuse(field, "", "what the device's manual says", cure);
            }
        }

        // 0 is everybody on a line, and nobody answers then; over TCP it and 255 are the server itself.
        var register = new RegisterOptions
        {
            Unit = (byte)(isSerial ? section.Whole("unit", 1, 1, 247) : section.Whole("unit", 1, 0, 255)),
            Table = section.Choice("table", RegisterTable.Holding, Tables),
            Address = section.Whole("address", 0, 0, AddressMax),
            Type = section.Choice("type", RegisterType.U16, Types),
            Order = section.Choice("order", WordOrder.Big, Orders),
            CanBeAbsent = section.Flag("absent", true),
            Point = point,
        };
        if (register.End > AddressMax + 1)
        {
            section.Refuse("address", register.Address.ToString(CultureInfo.InvariantCulture),
                $"at most {AddressMax + 1 - register.Words} for this type", "Correct the address or the type.");
        }

        if (register.Words == 1 && register.Order == WordOrder.Swapped)
        {
            section.Refuse("order", "swapped", "big or little, as there is one word only", "Leave it out.");
        }

        section.Finish();
        return register;
    }
}
