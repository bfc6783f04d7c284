using Hub.Transport.Log;

namespace Hub.Edge.Forwarding;

/// <summary>One SenML pack, ready to be sent.</summary>
/// <param name="Bytes">Empty for rows without records: they only move the cursor.</param>
/// <param name="First">The first record's sequence number.</param>
/// <param name="Next">The sequence number after the last record.</param>
/// <param name="Through">Rows up to here are in this pack and those before it, in full.</param>
public sealed record Pack(ReadOnlyMemory<byte> Bytes, long Epoch, long First, long Next, LogPosition Through);
