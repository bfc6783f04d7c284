using System.Collections.Concurrent;
using Hub.Gateway.Journal;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Journal;

/// <summary>A batch of a device that writes down what it is told.</summary>
internal sealed class ToldBatch : JournalBatch
{
    private readonly int _number;
    private readonly ConcurrentQueue<string> _told;

    public ToldBatch(int number, ConcurrentQueue<string> told, Entry? entry)
    {
        (_number, _told) = (number, told);
        if (entry is not null)
        {
            Entries.Write(entry);
        }
    }

    public override void OnCommitted(LogPosition position) => _told.Enqueue($"{_number}@{position}");

    public override void OnGroupCommitted() => _told.Enqueue($"{_number}!");

    public override void OnFailed(Exception failure) => _told.Enqueue($"{_number} failed");
}
