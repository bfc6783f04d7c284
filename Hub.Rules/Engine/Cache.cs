using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Hub.Rules.Engine;

/// <summary>
/// Asks the processor for what will be looked at soon. It changes nothing but when memory arrives: from ten thousand
/// points on a reading would otherwise wait for one line after the other.
/// </summary>
internal static class Cache
{
    private const int LineBytes = 64;

    /// <summary>So many lines of an object; it is not read, so it may be anything, and anywhere by then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(object? item, int lines)
    {
        if (Sse.IsSupported)
        {
            var at = (byte*)Unsafe.As<object?, nint>(ref item);
            for (var i = 0; i < lines; i++)
            {
                Sse.Prefetch0(at + (i * LineBytes));
            }
        }
    }

    /// <summary>The first line of what a list holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void FetchItems<T>(List<T> list)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref MemoryMarshal.GetReference(CollectionsMarshal.AsSpan(list))));
        }
    }
}
