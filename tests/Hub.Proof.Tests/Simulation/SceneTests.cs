using System.Globalization;
using System.Text;
using Hub.Edge.Forwarding;
using Hub.Edge.Outbox;
using Hub.Edge.Setup;

namespace Hub.Proof.Tests.Simulation;

/// <summary>
/// Scenes in which others have lost something, with the real rooms and time that is moved by hand. BUILDINGHUB_SCENES=all
/// plays the last one at thirty times the rate.
/// </summary>
[Collection(nameof(World))]
public sealed class SceneTests : IDisposable
{
    private const string Edge = "edge-1";
    private const string Temperature = "climate.temperature";

    private readonly Scene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void An_hour_without_a_network_at_twenty_messages_a_second_costs_none_of_72_000()
    {
        const int Messages = 72_000;
        using var outbox = EdgeOutbox.Open(_scene.Disk("edge"), 64 << 20, 512 << 20, 20_000, 500, Stamp);
        var uplink = new SimulatedUplink(Edge, _scene.Network, () => _scene.Now, Bait.None);
        using var forwarder = new Forwarder(
            Edge, outbox.Events, outbox.Readings, uplink, new EdgeLimits { PackRecordsMax = 1 }, Stamp, TimeProvider.System);
        for (var message = 0; message < Messages; message++)
        {
            outbox.Take(new EdgeRecord("t1", Temperature, _scene.Now.AddMilliseconds(50 * (message % 20)), message % 4_000 / 100.0));
            if (message % 20 == 19)
            {
                outbox.CommitWaiting();
                _scene.Pass(TimeSpan.FromSeconds(1), uplink.Acknowledged);
            }
        }

        Assert.Equal(Messages, outbox.Backlog);
        uplink.Connect(_scene.Hub.Starts, sessionPresent: false);
        var turns = Drain(uplink, forwarder, outbox);
        outbox.Take(new EdgeRecord("t1", Temperature, _scene.Now, 21));
        outbox.CommitWaiting();
        Assert.InRange(Drain(uplink, forwarder, outbox), 1, 2);

        var sequences = _scene.Journalled(Edge).Select(each => each.Sequence).ToList();
        var expected = Enumerable.Range(1, Messages + 1).Select(sequence => (long)sequence).ToList();
        var toll = Toll.Of(expected, expected, sequences);
        ProofTable.Write("scene: an hour without a network", toll, ("messages", Messages), ("turns to catch up", turns));
        toll.RequireNone();
        Assert.Equal(expected, sequences);
    }

    [Fact]
    public void A_device_that_sends_2_300_messages_ten_milliseconds_apart_has_each_in_the_journal_and_in_the_history()
    {
        const int Messages = 2_300;
        var link = _scene.Network.Open();
        for (var message = 1; message <= Messages; message++)
        {
            _scene.Pass(TimeSpan.FromMilliseconds(10), _ => { });
            _scene.Receive(link, Edge, Pack(message, [message / 100.0]));
            if (message % 7 == 0)
            {
                _scene.Work();
            }
        }

        _scene.Work();
        var journalled = _scene.Journalled(Edge);
        var values = Enumerable.Range(1, Messages).Select(message => message / 100.0).ToList();
        var toll = Toll.Of(values, values, [.. journalled.Select(each => each.Reading.Value)])
            + Toll.Of(values, values, _scene.Remembered(journalled[0].Point));
        ProofTable.Write("scene: a message every 10 ms", toll, ("messages", Messages));
        toll.RequireNone();
        Assert.Equal(values, _scene.Remembered(journalled[0].Point));
        Assert.Equal(Messages, _scene.Hub.Acknowledged);
    }

    [Fact]
    public void Seven_days_without_InfluxDB_cost_journal_and_no_reading_and_the_journal_is_let_go_afterwards()
    {
        // Sixty readings each half hour, or each minute; a site has up to ten thousand a minute, and that is only more.
        var every = TimeSpan.FromMinutes(Extent.Of("BUILDINGHUB_SCENES", 1) > 1 ? 1 : 30);
        // Each reading has a value of its own, up to 61 °C: what can't be measured the hub would set aside.
        var (link, sent, sequence) = (_scene.Network.Open(), new List<double>(), 1L);
        _scene.Influx.IsAway = true;
        for (var at = TimeSpan.Zero; at < TimeSpan.FromDays(7); at += every)
        {
            _scene.Pass(every, _ => { });
            var values = Enumerable.Range(0, 60).Select(i => (sequence + i) / 10_000.0).ToList();
            _scene.Receive(link, Edge, Pack(sequence, values, step: every / 60));
            sent.AddRange(values);
            sequence += values.Count;
            _scene.Work();
            _scene.LetGo();
        }

        // Every row that InfluxDB lacks is still there, and no more than the readings take.
        var rows = Rows();
        Assert.Equal(sent, _scene.Journalled(Edge).Select(each => each.Reading.Value));
        Assert.InRange(_scene.Hub.Journal.BytesUsed / sent.Count, 1, 60);
        Assert.Empty(_scene.Influx.Kept.Stored);

        _scene.Influx.IsAway = false;
        for (var patience = 0; patience < 1_000 && _scene.Influx.Kept.Stored.Count < sent.Count; patience++)
        {
            _scene.Pass(TimeSpan.FromMinutes(1), _ => { });
            _scene.Work();
        }

        // The rules' next checkpoint and the history's chunks hold the journal, too.
        for (var minute = 0; minute < 120; minute++)
        {
            _scene.Pass(TimeSpan.FromMinutes(1), _ => { });
            _scene.Work();
            _scene.LetGo();
        }

        var toll = Toll.Of(sent, sent, [.. _scene.Influx.Kept.Stored.Values]);
        ProofTable.Write(
            "scene: seven days without InfluxDB", toll, ("readings", sent.Count), ("rows of journal kept meanwhile", rows),
            ("afterwards", Rows()));
        toll.RequireNone();
        Assert.InRange(Rows(), 0, rows / 10);
    }

    private long Rows() => _scene.Hub.Journal.Tail.Value - _scene.Hub.Journal.First.Value + 1;

    private static ClockStamp Stamp() => new(ClockQuality.Synced, Guid.Empty, 0);

    /// <summary>Turns until the outbox is empty and the hub has dealt with all of it.</summary>
    private int Drain(SimulatedUplink uplink, Forwarder forwarder, EdgeOutbox outbox)
    {
        var turns = 0;
        for (; outbox.Backlog > 0 && turns < 20_000; turns++)
        {
            forwarder.Send(TestContext.Current.CancellationToken);
            uplink.SendAll();
            _scene.Pass(SimulatedNetwork.KeepAlive, uplink.Acknowledged);
            _scene.Hub.Commit();
            _scene.Pass(SimulatedNetwork.KeepAlive, uplink.Acknowledged);
            forwarder.Settle();
        }

        _scene.Work();
        return turns;
    }

    private static string Pack(long sequence, IReadOnlyList<double> values, TimeSpan step = default)
    {
        var pack = new StringBuilder("[");
        for (var i = 0; i < values.Count; i++)
        {
            var head = i == 0 ? $"\"ep\":\"7\",\"sq\":{sequence}," : ",";
            var back = (step * (values.Count - 1 - i)).TotalSeconds;
            pack.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "{" + head : ",{")}\"n\":\"t1/{Temperature}\",\"u\":\"Cel\",\"t\":{-back},\"v\":{values[i]}}}");
        }

        return pack.Append(']').ToString();
    }
}
