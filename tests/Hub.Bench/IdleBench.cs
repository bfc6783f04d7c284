using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hub.Bench;

/// <summary>
/// What a connection costs while nothing comes on it: private memory and core time of the hub and of Mosquitto, before and
/// with so many connections. Argument: how many, 10,000 without one. Each needs a descriptor here and one in the server.
/// </summary>
internal static class IdleBench
{
    /// <summary>Clients that share an address; the broker's limit for one is above it.</summary>
    private const int PerAddress = 1_000;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    private const double KiBMax = 6;

    public static async Task<int> RunAsync(string[] args) =>
        Figure.Show(await MeasureAsync(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000));

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(int count)
    {
        Console.WriteLine($"{count:N0} idle connections, MQTT 3.1.1:");
        (double Connected, double Subscribed) cost;
        await using (var hub = await LoadServer.HubAsync())
        {
            cost = await MeasureAsync("hub", hub, count);
        }

        await using var mosquitto = await LoadServer.MosquittoAsync(isPersistent: false);
        await MeasureAsync("Mosquitto", mosquitto, count);
        return
        [
            Figure.AtMost($"an idle connection, {count:N0} of them", cost.Connected, KiBMax, "KiB"),
            Figure.AtMost("the same with a subscription", cost.Subscribed, KiBMax, "KiB"),
        ];
    }

    private static async Task<(double Connected, double Subscribed)> MeasureAsync(string name, LoadServer server, int count)
    {
        var connections = new List<Socket>(count);
        try
        {
            // Once round first: what the server loads and compiles for its first clients is none of theirs.
            await OpenAsync(server.Port, connections, PerAddress, "warm");
            connections.ForEach(connection => connection.Dispose());
            connections.Clear();
            await Task.Delay(Settle);
            var before = server.PrivateBytes();
            await OpenAsync(server.Port, connections, count, "idle");
            var connected = await ShowAsync($"{name}, connected", server, count, before);
            for (var i = 0; i < count; i++)
            {
                await MqttWire.SubscribeAsync(connections[i], $"idle/{i}", CancellationToken.None);
            }

            return (connected, await ShowAsync($"{name}, one subscription each", server, count, before));
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<double> ShowAsync(string name, LoadServer server, int count, long before)
    {
        await Task.Delay(Settle);
        var with = server.PrivateBytes();
        var core = server.CoreTime();
        await Task.Delay(Settle);
        core = server.CoreTime() - core;
        var each = (with - before) / (double)count / 1024;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-33} {each,6:N1} KiB each   {before >> 20,4} MiB -> {with >> 20,4} MiB   "
            + $"{core / Settle,7:P2} of a core"));
        return each;
    }

    private static async Task OpenAsync(int port, List<Socket> connections, int count, string prefix)
    {
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            connections.Add(socket);
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + (i / PerAddress))]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await MqttWire.ConnectAsync(socket, $"{prefix}-{i}", CancellationToken.None);
        }
    }
}
