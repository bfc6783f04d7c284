using System.Net;
using System.Net.Sockets;

namespace Hub.Gateway.Access;

/// <summary>
/// Who has failed to sign in, and how often: by name and address, so that one device with an old password doesn't keep
/// its neighbours behind the same router out; and by address, so that trying many names doesn't help either.
/// </summary>
internal sealed class FailureLedger(AccessOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(UInt128 Address, string? Name), Failures> _failures = [];
    private readonly Queue<(UInt128 Address, string? Name)> _order = [];

    /// <summary>Whether a password from there is not to be looked at now.</summary>
    public bool IsHeld(IPAddress? from, string name)
    {
        var address = KeyOf(from);
        lock (_gate)
        {
            return Count_NeedsLock((address, name)) >= options.FailuresPerNameMax
                || Count_NeedsLock((address, null)) >= options.FailuresPerAddressMax;
        }
    }

    public void Note(IPAddress? from, string name)
    {
        var address = KeyOf(from);
        lock (_gate)
        {
            Note_NeedsLock((address, name));
            Note_NeedsLock((address, null));
        }
    }

    private int Count_NeedsLock((UInt128, string?) key) =>
        _failures.TryGetValue(key, out var failures) && !IsOver(failures) ? failures.Count : 0;

    private void Note_NeedsLock((UInt128, string?) key)
    {
        if (_failures.TryGetValue(key, out var failures) && !IsOver(failures))
        {
            _failures[key] = failures with { Count = failures.Count + 1 };
            return;
        }

        if (_failures.TryAdd(key, default))
        {
            _order.Enqueue(key);
            if (_order.Count > options.FailuresRememberedMax)
            {
                _failures.Remove(_order.Dequeue());
            }
        }

        _failures[key] = new Failures(1, options.Clock.GetTimestamp());
    }

    private bool IsOver(Failures failures) =>
        options.Clock.GetElapsedTime(failures.Since) >= options.FailureWindow;

    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        (address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address)
            .TryWriteBytes(bytes, out _);
        if (!address.IsIPv4MappedToIPv6 && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Whoever has one address of IPv6 has 2^64 of them.
            bytes[8..].Clear();
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private readonly record struct Failures(int Count, long Since);
}
