namespace Hub.Transport.Log;

/// <summary>One row of a log: what one <see cref="DurableLog.Append"/> wrote.</summary>
public readonly record struct LogRow(LogPosition Position, ReadOnlyMemory<byte> Bytes);
