using System.Runtime.InteropServices;

namespace Hub.Proof.Tests.Simulation;

/// <summary>The structures of sqlite3.h, as far as they are used: <c>sqlite3_vfs</c>, <c>sqlite3_io_methods</c>.</summary>
internal static unsafe partial class SqliteShim
{
    [StructLayout(LayoutKind.Sequential)]
    private struct ShimFile
    {
        public IoMethods* Methods;
        public long Id;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileBytes;
        public int PathMax;
        public Vfs* Next;
        public nint Name;
        public nint Data;
        public delegate* unmanaged<Vfs*, byte*, ShimFile*, int, int*, int> Open;
        public delegate* unmanaged<Vfs*, byte*, int, int> Delete;
        public nint Access;
        public nint FullPathname;
        public nint LibraryOpen;
        public nint LibraryError;
        public nint LibrarySymbol;
        public nint LibraryClose;
        public nint Randomness;
        public nint Sleep;
        public nint CurrentTime;
        public nint LastError;
        public nint CurrentTimeInt64;
        public nint SetSystemCall;
        public nint GetSystemCall;
        public nint NextSystemCall;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct IoMethods
    {
        public int Version;
        public delegate* unmanaged<ShimFile*, int> Close;
        public delegate* unmanaged<ShimFile*, byte*, int, long, int> Read;
        public delegate* unmanaged<ShimFile*, byte*, int, long, int> Write;
        public delegate* unmanaged<ShimFile*, long, int> Truncate;
        public delegate* unmanaged<ShimFile*, int, int> Sync;
        public delegate* unmanaged<ShimFile*, long*, int> FileSize;
        public delegate* unmanaged<ShimFile*, int, int> Lock;
        public delegate* unmanaged<ShimFile*, int, int> Unlock;
        public delegate* unmanaged<ShimFile*, int*, int> CheckReservedLock;
        public delegate* unmanaged<ShimFile*, int, void*, int> FileControl;
        public delegate* unmanaged<ShimFile*, int> SectorSize;
        public delegate* unmanaged<ShimFile*, int> Characteristics;
        public delegate* unmanaged<ShimFile*, int, int, int, void**, int> ShmMap;
        public delegate* unmanaged<ShimFile*, int, int, int, int> ShmLock;
        public delegate* unmanaged<ShimFile*, void> ShmBarrier;
        public delegate* unmanaged<ShimFile*, int, int> ShmUnmap;
        public nint Fetch;
        public nint Unfetch;
    }
}
