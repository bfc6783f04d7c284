using System.Runtime.InteropServices;
using System.Text;

namespace Hub.Edge.Pins;

/// <summary>
/// A chip behind Linux' GPIO character device, uAPI v2 (kernel 5.10 and later). The kernel stamps and debounces each
/// edge, so a late reader costs latency, not truth.
/// </summary>
public sealed class CharacterDeviceChip : IGpioChip
{
    /// <summary>A process reads all its lines with one thread, whatever chips they are of.</summary>
    private static readonly LineReader Reader = new();

    private readonly int _descriptor;

    private CharacterDeviceChip(int descriptor, string path, string label, int lines)
    {
        _descriptor = descriptor;
        (Path, Label, Lines) = (path, label, lines);
    }

    public string Path { get; }

    public string Label { get; }

    /// <summary>How many lines the chip has.</summary>
    public int Lines { get; }

    public string Name => $"{Path} ({Label})";

    /// <summary>
    /// Opens a chip by path (<c>/dev/gpiochip0</c>), name (<c>gpiochip0</c>) or label (<c>pinctrl-rp1</c>).
    /// </summary>
    public static CharacterDeviceChip Open(string nameOrLabel)
    {
        if (nameOrLabel.StartsWith('/'))
        {
            return OpenPath(nameOrLabel);
        }

        var paths = Directory.Exists("/dev") ? Directory.GetFiles("/dev", "gpiochip*").Order().ToArray() : [];
        var seen = new List<string>();
        foreach (var path in paths)
        {
            var chip = OpenPath(path);
            if (chip.Label == nameOrLabel || System.IO.Path.GetFileName(path) == nameOrLabel)
            {
                return chip;
            }

            seen.Add(chip.Name);
            chip.Dispose();
        }

        throw new GpioException(
            $"GPIO chip '{nameOrLabel}' is not there. Found: {(seen.Count == 0 ? "none" : string.Join(", ", seen))}. " +
            "Name one of these by path or label; 'ls /dev/gpiochip*' shows them.");
    }

    public IGpioLine Take(int line, LineSettings settings, string consumer, Action<LineEvent> onEvent)
    {
        if (line < 0 || line >= Lines)
        {
            throw new GpioException(GpioFault.OfMissing(Name, line, Lines, consumer));
        }

        var asked = GpioFault.Asked(Name, line, consumer);
        var taken = new CharacterDeviceLine(
            Reader, Request(LineRequest.Of(line, settings, consumer), line, asked), asked, settings.IsOutput, onEvent);
        Reader.Add(taken);
        return taken;
    }

    public void Dispose() => _ = Kernel.Close(_descriptor);

    private static unsafe CharacterDeviceChip OpenPath(string path)
    {
        var descriptor = Kernel.Open(path);
        if (descriptor < 0)
        {
            throw new GpioException(GpioFault.OfOpen(path, Marshal.GetLastPInvokeError()));
        }

        var info = new byte[Kernel.ChipInfoSize];
        int answer;
        fixed (byte* argument = info)
        {
            answer = Kernel.Control(descriptor, Kernel.GetChipInfo, argument);
        }

        if (answer < 0)
        {
            _ = Kernel.Close(descriptor);
            throw new GpioException($"{path} is not a GPIO chip: name one of /dev/gpiochip*.");
        }

        var label = Encoding.UTF8.GetString(info.AsSpan(32, 32)).TrimEnd('\0');
        return new CharacterDeviceChip(descriptor, path, label, BitConverter.ToInt32(info, 64));
    }

    private unsafe int Request(byte[] request, int line, string asked)
    {
        int answer;
        fixed (byte* argument = request)
        {
            answer = Kernel.Control(_descriptor, Kernel.GetLine, argument);
        }

        if (answer < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new GpioException(GpioFault.OfRequest(asked, error, error == Kernel.Busy ? HolderOf(line) : null));
        }

        return LineRequest.Descriptor(request);
    }

    /// <summary>Who holds a line; null for nobody.</summary>
    private unsafe string? HolderOf(int line)
    {
        const int ConsumerAt = 32;
        const int OffsetAt = 64;
        const int FlagsAt = 72;
        var info = new byte[Kernel.LineInfoSize];
        BitConverter.TryWriteBytes(info.AsSpan(OffsetAt), line);
        fixed (byte* argument = info)
        {
            if (Kernel.Control(_descriptor, Kernel.GetLineInfo, argument) < 0)
            {
                return null;
            }
        }

        var isUsed = (BitConverter.ToUInt64(info, FlagsAt) & 1) != 0;
        var consumer = Encoding.UTF8.GetString(info.AsSpan(ConsumerAt, 32)).TrimEnd('\0');
        return isUsed ? consumer.Length > 0 ? consumer : "the kernel" : null;
    }
}
