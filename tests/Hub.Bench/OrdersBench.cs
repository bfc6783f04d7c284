using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hub.Gateway.Live;
using Hub.Gateway.WorkOrders;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Bench;

/// <summary>
/// <c>orders [COUNT]</c>: from the press to the order at 200 presses a second, beside bare commits of the same disk; the
/// inbox with 500 open orders; every page of a compound with ten years of orders behind it. A count of 0 stops after the
/// presses.
/// </summary>
internal static class OrdersBench
{
    private const int PressesPerSecond = 200;
    private const int Seconds = 5;

    /// <summary>The runtime is still compiling the path; a hub has been up for longer when somebody presses.</summary>
    private const int WarmSeconds = 5;
    private const int Open = 500;
    private const int Tries = 9;

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var orders = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400_000;
        await PressAsync();
        if (orders == 0)
        {
            return 0;
        }

        await using (var house = new OrderHouse(60))
        {
            house.Fill(Open, Open);
            await house.App.StartAsync();
            Console.WriteLine($"{Open} open orders, p50 / longest of {Tries}, ms:");
            await FetchAsync(house, "inbox?tab=all");
        }

        await using (var house = new OrderHouse(60))
        {
            var filling = Stopwatch.GetTimestamp();
            house.Fill(orders, Open);
            Console.WriteLine(
                $"{orders:N0} orders, {Open} open, hub.db {house.DatabaseBytes >> 20} MiB, "
                + $"written in {Stopwatch.GetElapsedTime(filling).TotalSeconds:F0} s");
            var start = Stopwatch.GetTimestamp();
            await house.App.StartAsync();
            Console.WriteLine($"  a start takes {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms; pages:");
            foreach (var page in Pages(house, orders))
            {
                await FetchAsync(house, page);
            }
        }

        return 0;
    }

    /// <summary>From the publish to the order on the disk, with what is to be told, seen on the hub's own feed.</summary>
    private static async Task PressAsync()
    {
        const int Presses = PressesPerSecond * (WarmSeconds + Seconds);
        await using var house = new OrderHouse(Presses);
        await house.App.StartAsync();
        var desk = house.App.Services.GetRequiredService<OrderDesk>();
        var feed = house.App.Services.GetRequiredService<LiveFeed>();
        using var stop = new CancellationTokenSource();
        var raised = new ConcurrentDictionary<string, long>();
        var following = Task.Run(async () =>
        {
            await foreach (var change in feed.FollowAsync(stop.Token))
            {
                if (change.Topic == OrderDesk.Topic)
                {
                    raised.TryAdd(change.Key, Stopwatch.GetTimestamp());
                }
            }
        });
        using var client = new MqttClient(
            new MqttClientOptions { ClientId = "bench", WindowMax = PressesPerSecond },
            MqttConnector.Tcp("127.0.0.1", house.MqttPort), TimeProvider.System, new Random(1));
        var running = client.RunAsync(stop.Token);
        var (pressed, kept) = (new long[Presses], new long[Presses]);
        var flying = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Presses; i++)
        {
            while (Stopwatch.GetElapsedTime(began).TotalSeconds * PressesPerSecond < i)
            {
                await Task.Delay(1);
            }

            flying.Add(PressOneAsync(i));
        }

        await Task.WhenAll(flying);
        while (desk.OpenOrders.Count < Presses)
        {
            await Task.Delay(50);
        }

        await Task.Delay(500);
        var timed = Enumerable.Range(WarmSeconds * PressesPerSecond, Seconds * PressesPerSecond).ToList();
        var numbers = desk.OpenOrders.ToDictionary(order => order.SpaceId, order => $"{order.Id}");
        var seen = timed.Where(i => raised.ContainsKey(numbers[$"button-{i}"])).ToList();
        Console.WriteLine(
            $"{timed.Count} presses at {PressesPerSecond} a second after {WarmSeconds} s of them, {seen.Count} seen, "
            + "p50 / p99, ms:");
        Print("press to acknowledgement: in the journal", [.. timed.Select(i => Milliseconds(pressed[i], kept[i]))]);
        Print(
            "press to order, durable and on its way",
            [.. seen.Select(i => Milliseconds(pressed[i], raised[numbers[$"button-{i}"]]))]);
        Print("one bare commit of this disk (SQLite, WAL, synchronous=FULL)", DiskCommits.Measure(house["bare.db"], Presses));
        await stop.CancelAsync();
        await running;
        await following.ContinueWith(static _ => { }, TaskScheduler.Default);

        async Task PressOneAsync(int i)
        {
            pressed[i] = Stopwatch.GetTimestamp();
            await client.PublishAsync(
                Topics.Events($"button-{i}"), Encoding.UTF8.GetBytes($$"""[{"n":"button.press","v":1,"id":"p{{i}}"}]"""), false,
                stop.Token);
            kept[i] = Stopwatch.GetTimestamp();
        }

        static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
    }

    /// <summary>Every address that needs no more than itself, and those of orders and units.</summary>
    private static IEnumerable<string> Pages(OrderHouse house, int orders) =>
        house.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.RoutePattern.Parameters.Count == 0
                && one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(one => one.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !path.EndsWith("events", StringComparison.Ordinal) && !path.StartsWith("mqtt", StringComparison.Ordinal))
            .Concat(
            [
                "inbox?tab=all", "inbox?tab=building", $"o/{orders}", $"o/{orders / 2}", "vacant/u10",
                "api/v1/orders?limit=200", "api/v1/orders?state=all&limit=200", "api/v1/orders?state=followup&limit=200",
                $"api/v1/orders?state=all&limit=200&after={orders / 2}", "api/v1/orders?state=all&space=u10&limit=200",
                $"api/v1/orders/{orders / 2}", "api/v1/units/u10",
            ])
            .Distinct();

    private static async Task FetchAsync(OrderHouse house, string path)
    {
        using var http = new HttpClient { BaseAddress = house.Pages };
        var times = new List<double>();
        var (status, bytes) = (0, 0);
        for (var i = 0; i <= Tries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(path);
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            status = (int)answer.StatusCode;
            if (i > 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        Console.WriteLine($"  {times[Tries / 2],8:F1} / {times[^1],8:F1}   {bytes / 1024,6:N0} KiB   {status}   /{path}");
    }

    private static void Print(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"  {times[times.Count / 2],8:F2} / {times[times.Count * 99 / 100],8:F2}   {what}");
    }
}
