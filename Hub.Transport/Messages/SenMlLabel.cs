namespace Hub.Transport.Messages;

/// <summary>
/// The labels of a record (RFC 8428, table 1) and our own five. The numbers are bits in a set of labels seen.
/// </summary>
internal enum SenMlLabel
{
    Unknown,
    BaseName,
    BaseTime,
    BaseUnit,
    BaseValue,
    BaseSum,
    BaseVersion,
    Name,
    Unit,
    Value,
    TextValue,
    BooleanValue,
    DataValue,
    Sum,
    Time,
    UpdateTime,
    Epoch,
    Sequence,
    Clock,
    Id,
    Sent,
}
