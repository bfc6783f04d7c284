namespace Hub.Gateway.Inspections;

/// <summary>Where a photo's upload stands.</summary>
/// <param name="Offset">How many of its bytes are on the hub's disk.</param>
/// <param name="Fault">Why the last bytes were not taken; null if they were.</param>
public sealed record PhotoAnswer(long Offset, PhotoFault? Fault = null);

public enum PhotoFault
{
    /// <summary>Go on from the offset.</summary>
    WrongOffset,

    /// <summary>More bytes than were announced.</summary>
    TooLong,

    /// <summary>The bytes have another hash than was announced: they are thrown away, begin anew.</summary>
    WrongHash,

    /// <summary>No JPEG, PNG, WebP or HEIC.</summary>
    NoPhoto,
}
