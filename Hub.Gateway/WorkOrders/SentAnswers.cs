namespace Hub.Gateway.WorkOrders;

/// <summary>
/// Answers already given under an Idempotency-Key: whoever sends the same request again, because the first answer got
/// lost on the way, gets it again and nothing is done twice. Remembers the latest ones in memory; after a restart the
/// order's own state refuses what was done.
/// </summary>
public sealed class SentAnswers
{
    public const int AnswersMax = 2_000;
    public const int KeyCharsMax = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (object Wanted, Lazy<Task<DeskAnswer>> Answer)> _answers = [];
    private readonly Queue<string> _oldest = new();

    /// <summary>The answer under that key; null if the key was used for something else.</summary>
    /// <param name="key">Who asked, about what, under which key.</param>
    /// <param name="wanted">What is asked; has to be the same as the first time.</param>
    /// <param name="ask">Asks the desk, if nobody has yet.</param>
    public async Task<DeskAnswer?> GetAsync(string key, object wanted, Func<Task<DeskAnswer>> ask)
    {
        Lazy<Task<DeskAnswer>> answer;
        lock (_gate)
        {
            if (_answers.TryGetValue(key, out var sent))
            {
                if (!sent.Wanted.Equals(wanted))
                {
                    return null;
                }

                answer = sent.Answer;
            }
            else
            {
                // Asked outside the gate: the desk may take a moment, and other keys need not wait for it.
                answer = new Lazy<Task<DeskAnswer>>(ask);
                Remember(key, wanted, answer);
            }
        }

        try
        {
            return await answer.Value;
        }
        catch
        {
            // Not an answer: the next try asks again.
            lock (_gate)
            {
                _answers.Remove(key);
            }

            throw;
        }
    }

    private void Remember(string key, object wanted, Lazy<Task<DeskAnswer>> answer)
    {
        if (_oldest.Count >= AnswersMax)
        {
            _answers.Remove(_oldest.Dequeue());
        }

        _answers[key] = (wanted, answer);
        _oldest.Enqueue(key);
    }
}
