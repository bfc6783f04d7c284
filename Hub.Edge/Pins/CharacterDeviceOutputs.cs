using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Hub.Edge.Pins;

/// <summary>Output lines of one request.</summary>
internal sealed unsafe class CharacterDeviceOutputs(int descriptor, string chip, int[] lines) : IGpioOutputs
{
    private readonly Lock _gate = new();
    private bool _isDisposed;

    public void Switch(int line, bool active)
    {
        var place = Array.IndexOf(lines, line);
        ArgumentOutOfRangeException.ThrowIfNegative(place, nameof(line));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Write(active ? 1UL << place : 0, 1UL << place);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            try
            {
                Write(0, ulong.MaxValue >> (64 - lines.Length));
            }
            catch (GpioException)
            {
                // The chip has gone, and the lamps with it: nothing is left to switch off.
            }

            _ = Kernel.Close(descriptor);
        }
    }

    private void Write(ulong bits, ulong mask)
    {
        var values = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(values, 8), bits);
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(values + 8, 8), mask);
        if (Kernel.Control(descriptor, Kernel.SetValues, values) < 0)
        {
            throw new GpioException($"{chip}: outputs can't be set (errno {Marshal.GetLastPInvokeError()}).");
        }
    }
}
