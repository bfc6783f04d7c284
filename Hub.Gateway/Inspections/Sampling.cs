using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Gateway.Inspections;

/// <summary>
/// Which inspections quality looks at again: chosen by the moment at which the hub took it, which nobody can choose,
/// and always the same for the same one. Pure.
/// </summary>
public static class Sampling
{
    public static bool IsChosen(string inspection, DateTimeOffset notedAt, int percent) =>
        BinaryPrimitives.ReadUInt32LittleEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{inspection} {notedAt.UtcTicks}"))) % 100 < percent;
}
