using System.Buffers;
using Hub.Gateway.Journal;
using Hub.Transport.Log;
using Hub.Transport.Mqtt;
using Microsoft.Extensions.ObjectPool;

namespace Hub.Gateway.Broker;

/// <summary>
/// The messages of one read turn: what the journal shall keep of them, and the answers to give once it has. Pooled;
/// while it rests it holds no buffers.
/// </summary>
internal sealed class PublishBatch : JournalBatch
{
    /// <summary>Batches that rest in the pool; as many as connections are usually in one commit.</summary>
    private const int RestingMax = 1024;
    private const int AnswersMin = 64;

    private static readonly DefaultObjectPool<PublishBatch> Pool =
        new(new DefaultPooledObjectPolicy<PublishBatch>(), RestingMax);

    private BrokerConnection? _connection;
    private Lock? _gate;
    private PublishAnswer[] _answers = [];
    private List<TakenMessage>? _taken;

    /// <summary>Answers in it.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are PUBACKs.</summary>
    public int PubAckCount { get; private set; }

    /// <summary>How many of them are PUBCOMPs, which acknowledge no message.</summary>
    public int PubCompCount { get; private set; }

    /// <summary>QoS 2 messages that it takes and releases, of a session that may outlive the hub.</summary>
    public IReadOnlyList<TakenMessage> Taken => _taken ?? (IReadOnlyList<TakenMessage>)[];

    /// <summary>Presses or alarms are among its messages.</summary>
    public bool IsUrgent { get; set; }

    /// <param name="connection">Whose messages it has.</param>
    /// <param name="gate">The gate of their route; null if only answers wait in it.</param>
    public static PublishBatch Rent(BrokerConnection connection, Lock? gate)
    {
        var batch = Pool.Get();
        (batch._connection, batch._gate) = (connection, gate);
        return batch;
    }

    /// <summary>
    /// Presses go before the readings of others. One edge's messages keep their order, on whichever connection they
    /// come, because a duplicate is acknowledged with its first copy; and so do the answers of one connection (4.6).
    /// </summary>
    public override bool Overtakes(JournalBatch earlier) =>
        IsUrgent && earlier is PublishBatch { IsUrgent: false } bulk
        && bulk._gate != _gate && bulk._connection != _connection;

    public void Add(PublishAnswer answer)
    {
        if (Count == _answers.Length)
        {
            var larger = ArrayPool<PublishAnswer>.Shared.Rent(Math.Max(AnswersMin, Count * 2));
            _answers.AsSpan(0, Count).CopyTo(larger);
            GiveBackAnswers();
            _answers = larger;
        }

        _answers[Count++] = answer;
        PubAckCount += answer.Type == MqttPacketType.PubAck ? 1 : 0;
        PubCompCount += answer.Type == MqttPacketType.PubComp ? 1 : 0;
    }

    /// <summary>A QoS 2 message of a session that may outlive the hub: its id is in the commit too.</summary>
    public void Add(TakenMessage message)
    {
        Entries.WriteTaken(message);
        (_taken ??= []).Add(message);
    }

    public override void OnCommitted(LogPosition position)
    {
        var connection = _connection!;
        connection.Output.WriteAnswers(_answers.AsSpan(0, Count), connection.Version);
        connection.Answered(this);
        Entries.Clear();
    }

    public override void OnGroupCommitted()
    {
        // Its first batch sends for all batches of that connection in the group.
        _connection!.Output.Flush();
        Rest();
    }

    public override void OnFailed(Exception failure)
    {
        Entries.Clear();
        _connection!.Abort();
        Rest();
    }

    private void Rest()
    {
        GiveBackAnswers();
        (_connection, _gate, _answers, _taken) = (null, null, [], null);
        (Count, PubAckCount, PubCompCount, IsUrgent) = (0, 0, 0, false);
        Pool.Return(this);
    }

    private void GiveBackAnswers()
    {
        if (_answers.Length > 0)
        {
            ArrayPool<PublishAnswer>.Shared.Return(_answers);
        }
    }
}
