using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

internal static partial class JournalMessages
{
    [LoggerMessage(2001, LogLevel.Information, "The journal {Path} is open: from row {First} on, {Next} comes next.")]
    public static partial void Opened(ILogger logger, string path, LogPosition first, long next);

    [LoggerMessage(2002, LogLevel.Critical,
        "The journal {Path} was damaged ({Fault}). It is kept as {Aside}; the new one has {Saved} of its rows, and "
        + "{Lost} between them are gone.")]
    public static partial void PutAside(
        ILogger logger, string path, string fault, string aside, long saved, long lost);

    [LoggerMessage(2008, LogLevel.Critical, "Journal rows after {After} and before {Before} are gone.")]
    public static partial void Gap(ILogger logger, LogPosition after, LogPosition before);

    [LoggerMessage(2009, LogLevel.Information,
        "All {Rows} rows of the journal were read again: {Damaged} are damaged, {Missing} are gone.")]
    public static partial void Checked(ILogger logger, long rows, long damaged, long missing);

    [LoggerMessage(2010, LogLevel.Critical,
        "The disk is nearly full ({Free} bytes free): readings wait unacknowledged until more than {Resume} are. "
        + "Make room; the hub goes on by itself.")]
    public static partial void Held(ILogger logger, long free, long resume);

    [LoggerMessage(2012, LogLevel.Critical,
        "The disk takes no more, though {Free} bytes seem free (a quota?): readings wait unacknowledged until it does. "
        + "Make room; the hub goes on by itself.")]
    public static partial void Refused(ILogger logger, long free);

    [LoggerMessage(2011, LogLevel.Information, "There is room on the disk again ({Free} bytes): readings are taken.")]
    public static partial void Resumed(ILogger logger, long free);

    [LoggerMessage(2003, LogLevel.Critical,
        "The journal can't be used: nothing is acknowledged any more, and the hub stops to start afresh.")]
    public static partial void Failed(ILogger logger, Exception failure);

    [LoggerMessage(2004, LogLevel.Critical, "Journal row {Position} is damaged and passed over: {Fault}")]
    public static partial void Damaged(ILogger logger, LogPosition position, string fault);

    [LoggerMessage(2005, LogLevel.Information, "The journal has been trimmed through row {Position}.")]
    public static partial void Trimmed(ILogger logger, LogPosition position);

    [LoggerMessage(2006, LogLevel.Warning,
        "{Follower} has a cursor at row {Cursor}, but the journal ends at {Tail}: it follows from the start.")]
    public static partial void CursorAhead(ILogger logger, string follower, LogPosition cursor, LogPosition tail);

    [LoggerMessage(2007, LogLevel.Warning,
        "{Follower} has a cursor at row {Cursor}, but the journal begins at {First}: the rows between are gone.")]
    public static partial void CursorBehind(ILogger logger, string follower, LogPosition cursor, LogPosition first);
}
