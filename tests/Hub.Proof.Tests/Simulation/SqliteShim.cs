using System.Runtime.InteropServices;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// Stands between SQLite and the operating system ("VFS", sqlite.org/vfs.html): files in a simulated disk's folder have
/// their writes, truncations, syncs and removals told to that disk, which may fail them; everything else, and every other
/// file of the process, goes straight through.
/// </summary>
internal static unsafe partial class SqliteShim
{
    private const int Ok = 0;
    private static readonly int HeadBytes = sizeof(ShimFile);
    private static readonly Vfs* System;
    private static readonly IoMethods* Methods;
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SimulatedDisk> Disks = new(StringComparer.Ordinal);
    private static readonly List<SimulatedFile?> Files = [];

    static SqliteShim()
    {
        SQLitePCL.Batteries_V2.Init();
        System = Find(0);
        var shim = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
        *shim = *System;
        shim->Name = Marshal.StringToCoTaskMemUTF8("simulated");
        shim->FileBytes = System->FileBytes + HeadBytes;
        shim->Open = &Open;
        shim->Delete = &Delete;
        Methods = (IoMethods*)NativeMemory.AllocZeroed((nuint)sizeof(IoMethods));
        *Methods = new IoMethods
        {
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            FileSize = &FileSize,
            Lock = &LockFile,
            Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            Characteristics = &Characteristics,
            ShmMap = &ShmMap,
            ShmLock = &ShmLock,
            ShmBarrier = &ShmBarrier,
            ShmUnmap = &ShmUnmap,
        };
        if (Register((nint)shim, 1) != Ok)
        {
            throw new InvalidOperationException("SQLite did not take the shim.");
        }
    }

    /// <summary>From now on that folder's files are the disk's.</summary>
    public static void Attach(SimulatedDisk disk)
    {
        lock (Gate)
        {
            Disks.Add(disk.Folder, disk);
        }
    }

    public static void Detach(SimulatedDisk disk)
    {
        lock (Gate)
        {
            Disks.Remove(disk.Folder);
        }
    }

    private static SimulatedDisk? DiskOf(byte* name) =>
        name is null || Path.GetDirectoryName(Marshal.PtrToStringUTF8((nint)name)) is not { } folder
            ? null
            : Locked(() => Disks.GetValueOrDefault(folder));

    private static T Locked<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }

    private static SimulatedFile FileOf(ShimFile* file)
    {
        lock (Gate)
        {
            return Files[(int)file->Id]!;
        }
    }

    private static long Keep(SimulatedFile file)
    {
        lock (Gate)
        {
            var free = Files.IndexOf(null);
            if (free < 0)
            {
                free = Files.Count;
                Files.Add(null);
            }

            Files[free] = file;
            return free;
        }
    }

    private static ShimFile* Inner(ShimFile* file) => (ShimFile*)((byte*)file + HeadBytes);

    [UnmanagedCallersOnly]
    private static int Open(Vfs* vfs, byte* name, ShimFile* file, int flags, int* outFlags)
    {
        file->Methods = null;
        if (DiskOf(name) is not { } disk)
        {
            return System->Open(System, name, file, flags, outFlags);
        }

        var path = Marshal.PtrToStringUTF8((nint)name)!;
        var code = disk.Count(DiskCall.Open);
        if (code != Ok)
        {
            return code;
        }

        disk.Opening(path);
        code = System->Open(System, name, Inner(file), flags, outFlags);
        if (code == Ok)
        {
            file->Id = Keep(disk.Opened(path));
            file->Methods = Methods;
        }

        return code;
    }

    [UnmanagedCallersOnly]
    private static int Delete(Vfs* vfs, byte* name, int syncFolder)
    {
        if (DiskOf(name) is not { } disk)
        {
            return System->Delete(System, name, syncFolder);
        }

        var code = disk.Deleting(Marshal.PtrToStringUTF8((nint)name)!);
        return code != Ok ? code : System->Delete(System, name, 0);
    }

    [UnmanagedCallersOnly]
    private static int Close(ShimFile* file)
    {
        lock (Gate)
        {
            Files[(int)file->Id] = null;
        }

        return Inner(file)->Methods->Close(Inner(file));
    }

    [UnmanagedCallersOnly]
    private static int Read(ShimFile* file, byte* to, int count, long at)
    {
        var code = FileOf(file).Reading();
        return code != Ok ? code : Inner(file)->Methods->Read(Inner(file), to, count, at);
    }

    [UnmanagedCallersOnly]
    private static int Write(ShimFile* file, byte* from, int count, long at)
    {
        var code = FileOf(file).Writing(new ReadOnlySpan<byte>(from, count), at);
        return code != Ok ? code : Inner(file)->Methods->Write(Inner(file), from, count, at);
    }

    [UnmanagedCallersOnly]
    private static int Truncate(ShimFile* file, long size)
    {
        var code = FileOf(file).Truncating(size);
        return code != Ok ? code : Inner(file)->Methods->Truncate(Inner(file), size);
    }

    [UnmanagedCallersOnly]
    private static int Sync(ShimFile* file, int flags) => FileOf(file).Syncing();

    [UnmanagedCallersOnly]
    private static int FileSize(ShimFile* file, long* size) => Inner(file)->Methods->FileSize(Inner(file), size);

    [UnmanagedCallersOnly]
    private static int LockFile(ShimFile* file, int kind) => Inner(file)->Methods->Lock(Inner(file), kind);

    [UnmanagedCallersOnly]
    private static int Unlock(ShimFile* file, int kind) => Inner(file)->Methods->Unlock(Inner(file), kind);

    [UnmanagedCallersOnly]
    private static int CheckReservedLock(ShimFile* file, int* answer) =>
        Inner(file)->Methods->CheckReservedLock(Inner(file), answer);

    [UnmanagedCallersOnly]
    private static int FileControl(ShimFile* file, int what, void* argument) =>
        Inner(file)->Methods->FileControl(Inner(file), what, argument);

    [UnmanagedCallersOnly]
    private static int SectorSize(ShimFile* file) => Inner(file)->Methods->SectorSize(Inner(file));

    [UnmanagedCallersOnly]
    private static int Characteristics(ShimFile* file) => Inner(file)->Methods->Characteristics(Inner(file));

    [UnmanagedCallersOnly]
    private static int ShmMap(ShimFile* file, int page, int bytes, int extend, void** map) =>
        Inner(file)->Methods->ShmMap(Inner(file), page, bytes, extend, map);

    [UnmanagedCallersOnly]
    private static int ShmLock(ShimFile* file, int offset, int count, int flags) =>
        Inner(file)->Methods->ShmLock(Inner(file), offset, count, flags);

    [UnmanagedCallersOnly]
    private static void ShmBarrier(ShimFile* file) => Inner(file)->Methods->ShmBarrier(Inner(file));

    [UnmanagedCallersOnly]
    private static int ShmUnmap(ShimFile* file, int delete) => Inner(file)->Methods->ShmUnmap(Inner(file), delete);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial Vfs* Find(nint name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(nint vfs, int makeDefault);
}
