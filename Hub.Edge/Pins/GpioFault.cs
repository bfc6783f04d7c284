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

    public static string OfMissing(string chip, int line, int count, string consumer) =>
        $"{chip} has lines 0 to {count - 1}; '{consumer}' asks for {line}: correct 'line' in the configuration.";

    /// <summary>Chip, consumer and line: how a sentence about a request begins.</summary>
    public static string Asked(string chip, int line, string consumer) => $"{chip} for '{consumer}': line {line}";

    /// <param name="holder">Who has the line; null for nobody that is known.</param>
    public static string OfRequest(string asked, int error, string? holder) => error switch
    {
        Kernel.Busy => $"{asked} is in use{(holder is null ? "" : $" by '{holder}'")}. " +
            "Stop that program or remove its device tree overlay, or choose another line.",
        Kernel.AccessDenied or Kernel.NotPermitted =>
            $"{asked} may not be used. Add the service's user to group gpio.",
        Kernel.Invalid => $"{asked} can't do bias, debounce or edges on this chip. Set 'bias: as-is' there.",
        Kernel.NoDevice => $"{asked} has gone with its chip. Plug it in again.",
        _ => $"{asked} is refused by the kernel (errno {error}).",
    };
}
