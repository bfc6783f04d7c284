namespace Hub.Proof.Tests.Simulation;

/// <summary>What goes wrong in a world, how often, and how it is mended at the end.</summary>
internal sealed partial class World
{
    private int _networkDownFor;

    /// <summary>What goes wrong before this step.</summary>
    private void Trouble()
    {
        foreach (var edge in _edges.Where(edge => edge.IsRunning))
        {
            Trouble(edge);
        }

        TroubleNetwork();
        Influx.IsAway = Influx.IsAway ? Chance(0.95) : Chance(0.03);
        Influx.IsSlow = Chance(0.3);
        if (!Hub.IsRunning)
        {
            return;
        }

        TroubleDisk(Hub.Disk, "hub");
        if (Chance(0.015))
        {
            Count("hub killed");
            Hub.Stop();
        }

        if (Chance(0.02))
        {
            Count("hub clock set");
            Hub.SetClock(TimeSpan.FromSeconds(_random.Next(-300, 300)));
        }
    }

    private void Trouble(SimulatedEdge edge)
    {
        TroubleDisk(edge.Disk, "edge");
        if (Chance(0.01))
        {
            Count("edge killed");
            edge.Stop();
        }
        else if (Chance(0.004))
        {
            Count("edge's card replaced");
            edge.Stop(isCardReplaced: true);
            edge.Disk.Start();
            edge.Format();
            edge.Disk.Kill();
        }

        if (edge.Uplink.Link is { } link && Chance(0.02))
        {
            Count("link stalled");
            _network.Stall(link, Now);
        }

        if (edge.Uplink.Link is not null && Chance(0.03))
        {
            Count("link cut");
            Disconnect(edge);
        }
    }

    private void TroubleNetwork()
    {
        _networkDownFor--;
        if (_networkDownFor < 0 && Chance(0.02))
        {
            Count("network down");
            _networkDownFor = _random.Next(1, 40);
        }

        _network.IsDown = _networkDownFor > 0;
    }

    private void TroubleDisk(SimulatedDisk disk, string whose)
    {
        if (Chance(0.015))
        {
            Count($"{whose} loses power");
            disk.PowerFailsIn = _random.Next(1, 50);
        }

        if (Chance(0.015))
        {
            Count($"{whose} disk error");
            disk.OperationFailsIn = _random.Next(1, 30);
        }
        else if (disk.Failures > 0 && Chance(0.05))
        {
            // What a failed sync has left behind shows when the program dies, and then the power.
            Count($"{whose} loses power");
            disk.CutPower();
        }
    }

    private void Mend()
    {
        (_network.IsDown, Influx.IsAway, Influx.IsSlow, _networkDownFor) = (false, false, false, 0);
        foreach (var disk in _edges.Select(edge => edge.Disk).Append(Hub.Disk))
        {
            (disk.PowerFailsIn, disk.OperationFailsIn) = (null, null);
        }
    }
}
