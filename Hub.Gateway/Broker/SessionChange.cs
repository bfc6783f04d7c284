namespace Hub.Gateway.Broker;

/// <summary>What has changed in one session since it was saved.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="State">The whole of it; null if unchanged.</param>
/// <param name="Added">Messages that are new.</param>
/// <param name="Moved">Messages that are a step further.</param>
/// <param name="Done">Rows of messages that are done.</param>
internal sealed record SessionChange(
    string ClientId, SessionState? State, IReadOnlyList<SessionMessageRow> Added,
    IReadOnlyList<SessionMessageRow> Moved, IReadOnlyList<long> Done);
