using System.Net;
using Hub.Rules.Simulation;

namespace Hub.AllInOne;

/// <summary>Where the demo lives, how its time runs, and the compound it shows: a day of it has passed.</summary>
internal sealed class DemoSite
{
    /// <summary>A folder with this file in it is a demo's and may be emptied; any other may not.</summary>
    private const string Marker = "demo.marker";

    private static readonly TimeSpan Past = TimeSpan.FromHours(24);

    public DemoSite(string folder, IPEndPoint kiosk, int seed, int speed)
    {
        (Folder, Kiosk) = (folder, kiosk);
        Time = new ScaledTime(TimeProvider.System);
        Time.RunAt(speed);
        Compound = new SimulatedBuilding(seed, Time.GetUtcNow() - Past);
    }

    public string Folder { get; }

    public IPEndPoint Kiosk { get; }

    public ScaledTime Time { get; }

    public SimulatedBuilding Compound { get; }

    public string SiteFile => Path.Combine(Folder, "site.yaml");

    public string NotifyFile => Path.Combine(Folder, "notify.yaml");

    /// <summary>Empties the folder of an earlier demo and writes the compound's files.</summary>
    /// <exception cref="IOException">The folder holds something that no demo has made.</exception>
    public void Prepare()
    {
        var folder = Directory.CreateDirectory(Folder);
        var kept = new[] { "hub.lock", "hub.pid" };
        var old = folder.EnumerateFileSystemInfos().Where(entry => !kept.Contains(entry.Name)).ToList();
        if (old.Count > 0 && !File.Exists(Path.Combine(Folder, Marker)))
        {
            throw new IOException(
                $"{Folder} isn't empty and was not made by a demo; give the demo a folder of its own with --data.");
        }

        foreach (var entry in old)
        {
            if (entry is DirectoryInfo below)
            {
                below.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        File.WriteAllText(Path.Combine(Folder, Marker), "This folder is the demo's, which empties it at each start.\n");
        File.WriteAllText(SiteFile, Compound.SiteYaml);
        File.WriteAllText(NotifyFile, DemoRoster.NotifyYaml);
    }
}
