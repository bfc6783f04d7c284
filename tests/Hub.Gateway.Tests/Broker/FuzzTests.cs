using System.Diagnostics;
using System.Globalization;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>
/// Conversations of real clients, mutated, against the running broker with its intake and journal behind it. Two seconds
/// here; BUILDINGHUB_FUZZ_SECONDS and BUILDINGHUB_FUZZ_SEED ask for more, and for others.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int GrowthBytesMax = 64 << 20;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_a_client_sends_ends_its_own_connection_at_the_most()
    {
        var time = TimeSpan.FromSeconds(Setting("BUILDINGHUB_FUZZ_SECONDS", 2));
        var seed = Setting("BUILDINGHUB_FUZZ_SEED", 1);
        await using var hub = await RunningHub.StartAsync(
            _folder, broker: new() { SessionsAwayMax = 50, RetainedMax = 100, RetainedBytesMax = 1 << 20 });
        using var bystander = await WireClient.ConnectAsync(hub.Port, "bystander");
        await PipedClient.TalkAsync(hub, [.. Conversation(MqttVersion.V500, 0)]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cases = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time; cases++)
        {
            var random = new Random(HashCode.Combine(seed, cases));
            var version = random.Next(2) == 0 ? MqttVersion.V311 : MqttVersion.V500;
            var bytes = Conversation(version, random.Next(4));
            Mutate(bytes, random);
            try
            {
                await PipedClient.TalkAsync(hub, [.. bytes]);
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}, case {cases}: {e}\n{Convert.ToHexString([.. bytes])}");
            }
        }

        output.WriteLine($"{cases} cases from seed {seed}; {hub.Broker.Counters.Refused} refused or closed.");
        Assert.True(await bystander.IsSilentAsync());
        Assert.Equal(1, hub.Broker.ConnectionCount);
        Assert.False(hub.IsStopping);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, GrowthBytesMax);
    }

    private static List<byte> Conversation(MqttVersion version, int kind)
    {
        var is5 = version == MqttVersion.V500;
        var connect = new MqttPacket.Connect(version, $"load-{kind}")
        {
            CleanStart = kind % 2 == 0,
            KeepAlive = 60,
            Will = kind == 1 ? new MqttWill("lost/a", "gone"u8.ToArray()) : null,
            Properties = !is5 ? MqttProperties.None : new MqttProperties
            {
                SessionExpiry = 30,
                ReceiveMaximum = 5,
                TopicAliasMaximum = 3,
                UserProperties = [new("a", "b")],
            },
        };
        var aliased = is5 ? new MqttProperties { TopicAlias = 2, MessageExpiry = 9 } : MqttProperties.None;
        var pack = """[{"n":"water.volume","u":"m3","v":3.5}]""";
        MqttPacket[] packets =
        [
            connect,
            new MqttPacket.Subscribe(1, [new("a/+", MqttQoS.ExactlyOnce), new("$share/g/#", MqttQoS.AtLeastOnce)]),
            WireClient.Publish($"hub/1/load-{kind}/readings", pack, 2),
            WireClient.Publish($"hub/1/load-{kind}/events", pack, 3) with { QoS = MqttQoS.ExactlyOnce },
            WireClient.Publish("a/b", "x", 4, retain: true) with { QoS = MqttQoS.ExactlyOnce, Properties = aliased },
            new MqttPacket.PubRel(4),
            new MqttPacket.PubAck(1),
            new MqttPacket.PubRec(1),
            new MqttPacket.PubComp(1),
            WireClient.Publish("a/c", "y", 0),
            new MqttPacket.Unsubscribe(5, ["a/+"]),
            new MqttPacket.PingReq(),
            new MqttPacket.Disconnect(),
        ];
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var packet in packets)
        {
            MqttCodec.Write(output, packet, version);
        }

        return [.. output.WrittenSpan];
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 1; i--)
        {
            // Near the beginning every other time: what stands behind a fault is never read.
            var at = random.Next(random.Next(2) == 0 ? bytes.Count : Math.Min(60, bytes.Count));
            var count = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, count);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - count + 1), count));
                    break;
                case 4:
                    bytes[at] = (byte)(random.Next(2) == 0 ? 0x00 : 0xFF);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;
}
