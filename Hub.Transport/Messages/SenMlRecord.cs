namespace Hub.Transport.Messages;

/// <summary>
/// One resolved record of a pack: base values are worked in (RFC 8428, 4.6). Valid until the reader's next pack.
/// </summary>
/// <param name="Name">bn + n.</param>
/// <param name="Unit">u, or else bu; empty without either.</param>
/// <param name="Text">vs; empty without.</param>
/// <param name="Id">The sender's own id of this record, for presses; empty without.</param>
/// <param name="Value">v + bv, or vb as 0 or 1; 0 where there is neither.</param>
/// <param name="HasValue">Whether there is a number. A record with vs, vd or a sum alone has none.</param>
/// <param name="AtTicks">UTC ticks of 100 ns.</param>
public readonly record struct SenMlRecord(
    SenMlSlice Name, SenMlSlice Unit, SenMlSlice Text, SenMlSlice Id, double Value, bool HasValue, long AtTicks);
