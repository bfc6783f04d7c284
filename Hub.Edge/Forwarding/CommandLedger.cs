namespace Hub.Edge.Forwarding;

/// <summary>Remembers what was done, so that a command that comes again is answered and not done again. Pure.</summary>
public sealed class CommandLedger
{
    private const int AnswersMax = 256;

    private readonly Queue<string> _inOrder = new();
    private readonly Dictionary<string, string?> _answers = new(StringComparer.Ordinal);

    /// <summary>The fault that was answered before (null for done); false if the command is new.</summary>
    public bool TryGetAnswer(string id, out string? fault) => _answers.TryGetValue(id, out fault);

    /// <summary>Why a command is not done any more; null if it is.</summary>
    public static string? Refusal(EdgeCommand command, DateTimeOffset now) =>
        command.Expires <= now ? "expired" : null;

    public void Remember(string id, string? fault)
    {
        if (!_answers.TryAdd(id, fault))
        {
            return;
        }

        _inOrder.Enqueue(id);
        if (_inOrder.Count > AnswersMax)
        {
            _answers.Remove(_inOrder.Dequeue());
        }
    }
}
