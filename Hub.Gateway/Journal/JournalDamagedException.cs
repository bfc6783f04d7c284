namespace Hub.Gateway.Journal;

/// <summary>A block's bytes are not what was written.</summary>
public sealed class JournalDamagedException(string message) : Exception(message);
