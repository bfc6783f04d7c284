using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hub.Bench;

/// <summary>
/// One publisher, many subscribers, QoS 0: copies a second, hub and Mosquitto in turn. The publisher sends a few messages
/// and waits until everybody has them, so that nothing is dropped. Arguments: subscribers (1,000), seconds (5).
/// </summary>
internal static class FanOutBench
{
    private const string Topic = "fan/out";
    private const int MessagesAhead = 20;
    private const int Rounds = 3;

    private const double RatioMin = 0.7;

    public static async Task<int> RunAsync(string[] args) => Figure.Show(await MeasureAsync(
        args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000,
        TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5)));

    /// <summary>The median of the rounds counts: the machine has other work.</summary>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(int subscribers, TimeSpan seconds)
    {
        Console.WriteLine($"1 publisher to {subscribers:N0} subscribers, QoS 0, 100 bytes, {MessagesAhead} messages ahead:");
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var hub = await LoadServer.HubAsync();
            var ours = await MeasureAsync(hub.Port, subscribers, seconds);
            await using var mosquitto = await LoadServer.MosquittoAsync(isPersistent: false);
            var theirs = await MeasureAsync(mosquitto.Port, subscribers, seconds);
            ratios.Add(ours / theirs);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  hub {ours,10:N0}/s   Mosquitto {theirs,10:N0}/s   {ours / theirs:N2} ×"));
        }

        ratios.Sort();
        return [Figure.AtLeast($"one publisher to {subscribers:N0} subscribers, beside Mosquitto", ratios[Rounds / 2], RatioMin, "×")];
    }

    private static async Task<double> MeasureAsync(int port, int subscribers, TimeSpan seconds)
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i <= subscribers; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, port);
                await MqttWire.ConnectAsync(socket, $"fan-{i}", CancellationToken.None);
                if (i > 0)
                {
                    await MqttWire.SubscribeAsync(socket, Topic, CancellationToken.None);
                }
            }

            var frame = MqttWire.Publish(Topic, new byte[100]);
            byte[] burst = [.. Enumerable.Repeat(frame, MessagesAhead).SelectMany(one => one)];
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await BurstAsync(sockets, burst, patience.Token);
            var watch = Stopwatch.StartNew();
            long copies = 0;
            while (watch.Elapsed < seconds)
            {
                await BurstAsync(sockets, burst, patience.Token);
                copies += (long)MessagesAhead * subscribers;
            }

            return copies / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static async Task BurstAsync(List<Socket> sockets, byte[] burst, CancellationToken cancel)
    {
        await sockets[0].SendAsync(burst, cancel);
        var buffer = new byte[burst.Length];
        foreach (var socket in sockets.Skip(1))
        {
            for (var length = 0; length < burst.Length;)
            {
                var more = await socket.ReceiveAsync(buffer.AsMemory(0, burst.Length - length), cancel);
                length += more > 0 ? more : throw new IOException("A subscriber has lost its connection.");
            }
        }
    }
}
