using Hub.Gateway.Notify;
using Hub.Gateway.Notify.Channels;

namespace Hub.Gateway.Tests.Notify;

/// <summary>A receiver that takes letters, and fails as a test tells it to.</summary>
internal sealed class FakeReceiver : ISender
{
    public List<Letter> Taken { get; } = [];

    /// <summary>What it answers; null takes it.</summary>
    public Func<Letter, SendAnswer?> Answer { get; set; } = _ => null;

    public int TextBytesMax { get; init; } = 2_048;

    public Task<SendAnswer> SendAsync(Letter letter, CancellationToken cancel)
    {
        if (Answer(letter) is { } answer)
        {
            return Task.FromResult(answer);
        }

        Taken.Add(letter);
        return Task.FromResult<SendAnswer>(SendAnswer.Sent.It);
    }
}
