using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Hub.Gateway.Tests.Broker;

/// <summary>One connection without a socket: all that its client ever says, cut as a test wants it, then its end.</summary>
internal static class PipedClient
{
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Gives all that the hub has answered.</summary>
    /// <param name="pieces">What comes, each in a segment of its own.</param>
    public static async Task<byte[]> TalkAsync(RunningHub hub, params byte[][] pieces)
    {
        var down = new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        var up = PipeReader.Create(Segment.Join(pieces));
        var connection = new DefaultConnectionContext("piped", new Ends(up, down.Writer), new Ends(down.Reader, PipeWriter.Create(Stream.Null)))
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 1),
        };
        await hub.Broker.OnConnectedAsync(connection).WaitAsync(HangTime, Cancel);
        await down.Writer.CompleteAsync();
        var answers = new MemoryStream();
        await down.Reader.CopyToAsync(answers, Cancel);
        return answers.ToArray();
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        private Segment(byte[] bytes, long at) => (Memory, RunningIndex) = (bytes, at);

        public static ReadOnlySequence<byte> Join(byte[][] pieces)
        {
            var first = new Segment(pieces[0], 0);
            var last = first;
            foreach (var piece in pieces[1..])
            {
                var next = new Segment(piece, last.RunningIndex + last.Memory.Length);
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
