using System.Runtime.InteropServices;

namespace Hub.Edge.Pins;

/// <summary>
/// One line in a request of its own: it comes, changes and goes without the others, and a storm on it fills no buffer
/// but its own.
/// </summary>
/// <param name="asked">How a sentence about it begins.</param>
internal sealed unsafe class CharacterDeviceLine(
    LineReader reader, int descriptor, string asked, bool isOutput, Action<LineEvent> onEvent) : IGpioLine
{
    private readonly Lock _gate = new();
    private bool _isOutput = isOutput;
    private bool _isDisposed;
    private volatile bool _isBroken;

    public int Descriptor => descriptor;

    public bool IsBroken => _isBroken;

    public bool? IsActive
    {
        get
        {
            var values = stackalloc ulong[] { 0, 1 }; // bits, mask
            lock (_gate)
            {
                return Call_NeedsLock(Kernel.GetValues, values) ? (values[0] & 1) != 0 : null;
            }
        }
    }

    public void Switch(bool active)
    {
        lock (_gate)
        {
            if (_isOutput)
            {
                Set_NeedsLock(active);
            }
        }
    }

    public void Change(LineSettings settings)
    {
        lock (_gate)
        {
            fixed (byte* config = LineRequest.Config(settings))
            {
                if (Kernel.Control(descriptor, Kernel.SetConfig, config) < 0)
                {
                    throw new GpioException(GpioFault.OfRequest(asked, Marshal.GetLastPInvokeError(), null));
                }
            }

            _isOutput = settings.IsOutput;
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

            if (_isOutput)
            {
                Set_NeedsLock(active: false);
            }

            _isDisposed = true;
        }

        reader.Remove(this);
        _ = Kernel.Close(descriptor);
    }

    /// <summary>Hands on what waits; false if nothing will come any more.</summary>
    public bool HandOn(Span<byte> buffer)
    {
        nint count;
        fixed (byte* start = buffer)
        {
            count = Kernel.Read(descriptor, start, (nuint)buffer.Length);
        }

        if (count <= 0)
        {
            _isBroken = count == 0 || Marshal.GetLastPInvokeError() is not (Kernel.Interrupted or Kernel.TryAgain);
            return !_isBroken;
        }

        buffer = buffer[..(int)count];
        for (; LineEvents.TryRead(buffer, out var lineEvent); buffer = buffer[LineEvents.Size..])
        {
            onEvent(lineEvent);
        }

        return true;
    }

    private void Set_NeedsLock(bool active)
    {
        var values = stackalloc ulong[] { active ? 1UL : 0, 1 };
        Call_NeedsLock(Kernel.SetValues, values);
    }

    private bool Call_NeedsLock(nuint request, ulong* values)
    {
        if (_isDisposed)
        {
            return false;
        }

        _isBroken |= Kernel.Control(descriptor, request, (byte*)values) < 0;
        return !_isBroken;
    }
}
