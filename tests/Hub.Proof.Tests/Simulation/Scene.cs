using System.Text;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Log;
using Hub.Transport.Messages;

namespace Hub.Proof.Tests.Simulation;

/// <summary>A hub and an InfluxDB whose time is moved by hand, and on whose disk nothing fails: for one thing at a time.</summary>
internal sealed class Scene : IDisposable
{
    private readonly TempFolder _folder = new();

    public Scene()
    {
        var disk = new SimulatedDisk(_folder["hub"], new Random(1));
        HubTemplate.CopyTo(disk.Folder);
        Network = new SimulatedNetwork(new Random(2), isUnruly: false);
        Influx = new SimulatedInflux(new Random(3), Bait.None);
        Hub = new SimulatedHub(disk, Network, Influx, new Random(4), () => Now, Bait.None);
        Hub.Start();
    }

    public DateTimeOffset Now { get; private set; } = HubTemplate.FirstDay;

    public SimulatedNetwork Network { get; }

    public SimulatedInflux Influx { get; }

    public SimulatedHub Hub { get; }

    /// <summary>What the journal has of one edge and signal, row by row.</summary>
    public List<(PointNumber Point, long Sequence, Reading Reading)> Journalled(string edge) =>
    [
        .. Hub.Journal.Read(new LogPosition(Hub.Journal.First.Value - 1), Hub.Journal.Tail)
            .SelectMany(row => row.Entries.OfType<Entry.Readings>().Where(entry => entry.Source == edge)
                .SelectMany(entry => entry.Items.ToArray().Select((item, i) => (item.Point, entry.Sequence + i, item)))
                .ToList()),
    ];

    /// <summary>The values that the history has of a point, in the order of time.</summary>
    public List<double> Remembered(PointNumber point) =>
    [
        .. Hub.History.Read(point, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue, null).Items
            .Select(sample => sample.Value),
    ];

    public string Disk(string name) => _folder[name];

    /// <summary>Time passes; what is on its way arrives, at whoever it is for.</summary>
    public void Pass(TimeSpan by, Action<Packet> acknowledged)
    {
        Now += by;
        Hub.AdvanceTo(Now);
        foreach (var packet in Network.Arrived(Now))
        {
            if (packet.IsPublish)
            {
                Hub.Receive(packet);
            }
            else
            {
                acknowledged(packet);
            }
        }
    }

    /// <summary>A pack that has just come from a device.</summary>
    public void Receive(int link, string edge, string pack) =>
        Hub.Receive(new Packet(link, edge, 1, Topics.Readings(edge), Encoding.UTF8.GetBytes(pack)));

    /// <summary>All that the hub's rooms have to do.</summary>
    public void Work()
    {
        Hub.Tick();
        Hub.Commit();
        Hub.Follow(int.MaxValue);
    }

    /// <summary>The journal forgets what nobody needs any more.</summary>
    public void LetGo()
    {
        Hub.SaveWatermarks();
        Hub.Trim(() => { });
    }

    public void Dispose()
    {
        Hub.Dispose();
        _folder.Dispose();
    }
}
