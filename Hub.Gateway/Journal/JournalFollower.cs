using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>One reader of the journal.</summary>
/// <param name="Name">Such as <c>watch</c>, <c>history</c>, <c>influx</c>.</param>
/// <param name="Cursor">The last row it has dealt with, durably.</param>
/// <param name="Lag">Rows between its cursor and the tail.</param>
public readonly record struct JournalFollower(string Name, LogPosition Cursor, long Lag);
