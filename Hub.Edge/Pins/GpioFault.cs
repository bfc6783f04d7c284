namespace Hub.Edge.Pins;

/// <summary>What an error number means here, and what to do about it.</summary>
public static class GpioFault
{
    public static string OfOpen(string path, int error) => error switch
    {
        Kernel.NotFound => $"GPIO chip {path} is not there: 'ls /dev/gpiochip*' shows what is.",
        Kernel.AccessDenied or Kernel.NotPermitted =>
            $"No permission to open GPIO chip {path}: add the service's user to the group that owns it " +
            "(on Raspberry Pi OS: 'usermod -aG gpio <user>').",
        _ => $"GPIO chip {path} can't be opened (errno {error}).",
    };

    public static string OfMissing(string chip, IReadOnlyList<int> lines, int count, string consumer) =>
        $"{chip} has lines 0 to {count - 1}; '{consumer}' asks for {string.Join(", ", lines)}: " +
        "correct 'line' in the configuration.";

    public static string OfRequest(
        string chip, IReadOnlyList<int> lines, string consumer, int error, Func<int, string?> holderOf)
    {
        var asked = $"{chip} lines {string.Join(", ", lines)} for '{consumer}'";
        if (error == Kernel.Busy)
        {
            var held = lines.Select(line => (line, holder: holderOf(line))).Where(line => line.holder is not null)
                .Select(line => $"line {line.line} is in use by '{line.holder}'").ToArray();
            return $"{asked}: {(held.Length == 0 ? "a line is in use" : string.Join(", ", held))}. " +
                   "Stop that program or remove its device tree overlay, or choose another line.";
        }

        return error switch
        {
            Kernel.AccessDenied or Kernel.NotPermitted =>
                $"{asked}: no permission. Add the service's user to group gpio.",
            Kernel.Invalid =>
                $"{asked}: the chip can't do bias, debounce or edges on one of them. Set 'bias: as-is' there.",
            Kernel.NoDevice => $"{asked}: the chip has gone. Plug it in again.",
            _ => $"{asked}: refused by the kernel (errno {error}).",
        };
    }
}
