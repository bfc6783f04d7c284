namespace Hub.Transport.Log;

/// <summary>Whether a row is what was written: its owner's checksum says so.</summary>
public delegate bool LogRowCheck(ReadOnlySpan<byte> row);
