using System.Buffers;
using System.Buffers.Binary;
using System.Net;

namespace Hub.Gateway.Ports;

/// <summary>
/// The header of the PROXY protocol, version 2, with which a load balancer says who the client is (haproxy.org,
/// proxy-protocol.txt, 2.2). Pure.
/// <code>
///   │ signature 12b │ version 2 ¦ command 1b │ family ¦ protocol 1b │ length 2b │ addresses, then TLVs: length bytes │
/// </code>
/// </summary>
/// <param name="Source">
/// The client's address; null where the connection is the load balancer's own, or has no address of the Internet.
/// </param>
/// <param name="IsLocal">The balancer's own connection, such as a health check (LOCAL).</param>
public readonly record struct ProxyHeader(IPEndPoint? Source, bool IsLocal)
{
    /// <summary>Addresses and TLVs; a longer header is refused before it is read.</summary>
    public const int BodyBytesMax = 4096;

    private const int HeadBytes = 16;
    private const int Inet = 0x1;
    private const int Inet6 = 0x2;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Takes a whole header off the input; false if more must come first.</summary>
    /// <exception cref="InvalidDataException">It is none, at the first byte that shows it.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out ProxyHeader header)
    {
        header = default;
        Span<byte> head = stackalloc byte[HeadBytes];
        head = head[..(int)Math.Min(HeadBytes, input.Length)];
        input.Slice(0, head.Length).CopyTo(head);
        var known = Math.Min(head.Length, Signature.Length);
        Require(head[..known].SequenceEqual(Signature[..known]), "the signature is not that of version 2");
        if (head.Length < HeadBytes)
        {
            return false;
        }

        var (version, command) = (head[12] >> 4, head[12] & 0xF);
        var (family, length) = (head[13] >> 4, BinaryPrimitives.ReadUInt16BigEndian(head[14..]));
        Require(version == 2, $"version {version}");
        Require(command <= 1, $"command {command}");
        Require(length <= BodyBytesMax, $"{length} bytes of addresses; at most {BodyBytesMax}");
        if (input.Length < HeadBytes + length)
        {
            return false;
        }

        var isLocal = command == 0;
        header = new ProxyHeader(isLocal ? null : ReadSource(input.Slice(HeadBytes, length), family), isLocal);
        input = input.Slice(HeadBytes + length);
        return true;
    }

    private static IPEndPoint? ReadSource(ReadOnlySequence<byte> body, int family)
    {
        var addressBytes = family switch { Inet => 4, Inet6 => 16, _ => 0 };
        if (addressBytes == 0)
        {
            // Unspecified, or a socket of UNIX: nobody whom an address would name.
            return null;
        }

        // Source address, destination address, source port, destination port.
        Require(body.Length >= (2 * addressBytes) + 4, "the addresses are cut off");
        Span<byte> address = stackalloc byte[addressBytes];
        body.Slice(0, addressBytes).CopyTo(address);
        Span<byte> port = stackalloc byte[2];
        body.Slice(2 * addressBytes, 2).CopyTo(port);
        return new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(port));
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidDataException($"No PROXY header: {fault}.");
        }
    }
}
