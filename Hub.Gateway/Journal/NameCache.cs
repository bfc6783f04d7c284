using System.Text;

namespace Hub.Gateway.Journal;

/// <summary>
/// Strings for UTF-8 names that come again and again; a newcomer takes the place of whatever hashes to the same slot.
/// </summary>
internal sealed class NameCache
{
    private const int SlotsMax = 1024;
    private const int NameBytesMax = 64;

    private readonly (byte[] Bytes, string Text)[] _slots = new (byte[], string)[SlotsMax];

    public string Get(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return "";
        }

        if (name.Length > NameBytesMax)
        {
            return Encoding.UTF8.GetString(name);
        }

        ref var slot = ref _slots[JournalBlock.Checksum(name) % SlotsMax];
        if (slot.Bytes is null || !name.SequenceEqual(slot.Bytes))
        {
            slot = (name.ToArray(), Encoding.UTF8.GetString(name));
        }

        return slot.Text;
    }
}
