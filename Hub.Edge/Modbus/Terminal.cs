using System.Runtime.InteropServices;

namespace Hub.Edge.Modbus;

/// <summary>The C library's calls for a serial line (termios(3)), and nothing else.</summary>
internal static partial class Terminal
{
    /// <summary>
    /// struct termios on Linux: input, output, control and local flags u32 each, then characters and speeds; 60 bytes.
    /// </summary>
    public const int StateSize = 60;
    public const int ControlFlagsAt = 8;

    public const uint TwoStopBits = 0x40;
    public const uint EnableReceiver = 0x80;
    public const uint ParityEnabled = 0x100;
    public const uint ParityOdd = 0x200;
    public const uint NoModem = 0x800;

    private const int Now = 0;
    private const int InputQueue = 0;
    private const int ReadWriteNoTerminalNonBlockingCloseOnExec = 0x2 | 0x100 | 0x800 | 0x80000;

    /// <summary>The speeds' names in the C library, by baud.</summary>
    public static readonly IReadOnlyDictionary<int, uint> Speeds = new Dictionary<int, uint>
    {
        [1200] = 9,
        [2400] = 11,
        [4800] = 12,
        [9600] = 13,
        [19200] = 14,
        [38400] = 15,
        [57600] = 0x1001,
        [115200] = 0x1002,
        [230400] = 0x1003,
    };

    public static int Open(string path) => OpenFile(path, ReadWriteNoTerminalNonBlockingCloseOnExec);

    public static unsafe int SetState(int descriptor, byte* state) => SetAttributes(descriptor, Now, state);

    public static int DiscardInput(int descriptor) => Flush(descriptor, InputQueue);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static unsafe partial int GetState(int descriptor, byte* state);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static unsafe partial void MakeRaw(byte* state);

    [LibraryImport("libc", EntryPoint = "cfsetispeed", SetLastError = true)]
    public static unsafe partial int SetInputSpeed(byte* state, uint speed);

    [LibraryImport("libc", EntryPoint = "cfsetospeed", SetLastError = true)]
    public static unsafe partial int SetOutputSpeed(byte* state, uint speed);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static unsafe partial int SetAttributes(int descriptor, int when, byte* state);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    private static partial int Flush(int descriptor, int queue);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
