using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>One reader of the journal.</summary>
/// <param name="Name">Such as <c>watch</c>, <c>history</c>, <c>influx</c>.</param>
/// <param name="Cursor">The last row it has dealt with, durably.</param>
/// <param name="Lag">
/// Rows committed that it has not seen yet. Its cursor may stay further behind on purpose: what is not durable with it
/// is read again after a restart.
/// </param>
public readonly record struct JournalFollower(string Name, LogPosition Cursor, long Lag);
