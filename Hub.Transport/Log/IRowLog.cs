namespace Hub.Transport.Log;

/// <summary>What a room needs of a log, so that a test can put one that fails or blocks in its place.</summary>
public interface IRowLog : IDisposable
{
    LogPosition Tail { get; }

    LogPosition First { get; }

    long BytesUsed { get; }

    /// <summary>Writes one row and returns when it is on stable storage.</summary>
    /// <exception cref="LogFailedException">
    /// With <see cref="LogFailedException.IsDiskFull"/> nothing has been written, and it may be tried again. Else the
    /// promise can't be kept, and the log is sealed.
    /// </exception>
    LogPosition Append(ReadOnlySpan<byte> row);

    /// <summary>The next row after a position, into the caller's buffer; null when there is none yet.</summary>
    LogPosition? ReadNext(LogPosition after, ref byte[] buffer, out int length);

    void TrimThrough(LogPosition position);
}
