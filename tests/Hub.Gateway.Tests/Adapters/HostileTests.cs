using System.Text;
using Hub.Gateway.Adapters;
using Hub.Gateway.Fleet;
using Hub.Rules.Site;
using Hub.Transport.Messages;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>
/// Whatever comes on their topics, adapters give readings that our own reader takes, or a refusal; they throw nothing.
/// Method: real messages cut off, with bytes changed, and bytes drawn at random, each to every topic of a family.
/// </summary>
public class HostileTests
{
    private const int MutationsPerMessage = 150;
    private const int RandomPerTopic = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string[]> MoreTopics = new()
    {
        ["zigbee2mqtt"] = ["zigbee2mqtt/bridge/devices", "zigbee2mqtt/bridge/state", "zigbee2mqtt/x/availability"],
        ["tasmota"] = ["tele/x/LWT", "tele/x/STATE", "stat/x/STATUS8", "tasmota/discovery/0/config"],
        ["shelly-gen1"] = ["shellies/announce", "shellies/x/sensor/flood", "shellies/x/relay/0/energy"],
        ["shelly"] = ["shelly-x/events/rpc", "shelly-x/online", "shelly-x/announce", "shelly-x/status/devicepower:0"],
        ["chirpstack"] = ["application/a/device/d/event/status"],
        ["home-assistant"] = ["homeassistant/device/x/config", "homeassistant/binary_sensor/x/y/config"],
        ["sparkplug"] = ["spBv1.0/g/DBIRTH/n/d", "spBv1.0/g/DDATA/n/d", "spBv1.0/g/DDEATH/n/d"],
        ["json"] = ["plant/x/state"],
    };

    public static TheoryData<string> Kinds => [.. MoreTopics.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gives_readings_that_can_be_read_or_a_refusal_and_nothing_else(string kind)
    {
        var random = new Random(20261122);
        var (adapter, messages) = Family(kind);
        var (refused, read) = (0, 0);
        var topics = messages.Select(message => message.Topic).Concat(MoreTopics[kind]).Distinct()
            .Where(adapter.Owns).ToList();
        foreach (var message in messages)
        {
            foreach (var payload in Damaged(message.Bytes, random).Append(message.Bytes))
            {
                Count(Try(adapter, random.Next(4) > 0 ? message.Topic : topics[random.Next(topics.Count)], payload));
            }
        }

        foreach (var topic in topics)
        {
            foreach (var payload in Drawn(random))
            {
                Count(Try(adapter, topic, payload));
            }
        }

        Assert.True(refused > 100 && read > 0, $"{refused} refused, {read} read");

        void Count(Decoded decoded) => (refused, read) =
            (refused + (decoded.Refusal is null ? 0 : 1), read + decoded.Readings.Count);
    }

    [Fact]
    public void A_payload_that_is_too_deep_too_large_or_half_a_character_is_refused_by_name()
    {
        var (adapter, _) = Family("zigbee2mqtt");
        var options = new AdapterOptions { DepthMax = 8, NodesMax = 100, ReadingsMax = 2 };

        Assert.Contains("at most 8 levels", Refusal(string.Concat(Enumerable.Repeat("{\"a\":", 9)) + "1" + new string('}', 9)));
        Assert.Contains("more than 100 values", Refusal($"{{\"a\":[{string.Join(',', Enumerable.Repeat(1, 200))}]}}"));
        Assert.Contains("half a character", Refusal("""{"a":"\ud800"}"""));
        Assert.Contains("half a character", Refusal("""{"\udc00":1}"""));
        Assert.Contains("more than 2 readings", Refusal("""{"battery":1,"power":1,"voltage":1}"""));

        string Refusal(string payload)
        {
            var decoded = new Decoded(options);
            adapter.Decode(new AdapterMessage("zigbee2mqtt/x", Encoding.UTF8.GetBytes(payload), Now), decoded);
            return decoded.Refusal ?? "";
        }
    }

    private static (IAdapter Adapter, IReadOnlyList<SampleMessage> Messages) Family(string kind)
    {
        if (kind == "json")
        {
            var adapter = AdapterCatalogue.Make(SiteFile.Read("site.yaml", MappingAdapterTests.Yaml).Value!.Adapters[0]);
            return (adapter, [new SampleMessage("plant/x/state", "json", MappingAdapterTests.Payload, [])]);
        }

        var samples = SampleFile.Names.Select(SampleFile.Read).Where(sample => sample.Kind == kind).ToList();
        var first = SampleTests.Make(samples[0]);
        var messages = samples.SelectMany(sample => sample.Messages).Where(message => message.Payload.Length > 0).ToList();
        foreach (var message in messages.Where(message => first.Owns(message.Topic)))
        {
            // Topics that an announcement names are its own from then on.
            Try(first, message.Topic, message.Bytes);
        }

        return (first, [.. messages.Where(message => first.Owns(message.Topic))]);
    }

    private static Decoded Try(IAdapter adapter, string topic, byte[] payload)
    {
        var decoded = new Decoded(new AdapterOptions());
        adapter.Decode(new AdapterMessage(topic, payload, Now), decoded);
        using var packs = new Packs();
        var reader = new SenMlReader();
        foreach (var pack in packs.Of(decoded, Now))
        {
            Assert.True(reader.TryRead(pack, Now, out var fault), $"{fault}: {Encoding.UTF8.GetString(pack)}");
        }

        foreach (var pack in Packs.Of(decoded.Cards, 12_000))
        {
            Assert.True(reader.TryRead(pack, Now, out var fault), $"{fault}: {Encoding.UTF8.GetString(pack)}");
            Assert.NotEmpty(new QuarantineReader().Proposed("a", pack, Now));
        }

        Assert.True(decoded.Refusal is null || decoded.Readings.Count == 0);
        return decoded;
    }

    private static IEnumerable<byte[]> Damaged(byte[] bytes, Random random)
    {
        for (var i = 0; i < MutationsPerMessage && bytes.Length > 0; i++)
        {
            var damaged = random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes.ToArray();
            for (var changes = random.Next(5); changes > 0 && damaged.Length > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => (byte)"\"{}[]:,0-9.eE\\u"[random.Next(15)],
                    _ => bytes[random.Next(bytes.Length)],
                };
            }

            yield return damaged;
        }
    }

    private static IEnumerable<byte[]> Drawn(Random random)
    {
        string[] known =
        [
            "", "null", "[]", "{}", "\"x\"", "1e999", "-0", "NaN", "true", "[[[[]]]]", "{\"state\":{}}", "\u0000",
            "[{\"friendly_name\":\"x\",\"definition\":{\"exposes\":[{\"features\":[1,null,{\"property\":\"\"}]}]}}]",
            "{\"dev\":{\"ids\":[]},\"cmps\":{\"a\":{\"p\":\"sensor\",\"stat_t\":\"~/x\",\"val_tpl\":\"{{ value_json. }}\"}}}",
            "{\"params\":{\"ts\":1e300,\"switch:0\":[],\"em:0\":{\"a_voltage\":{}}}}",
            "{\"time\":\"99999-01-01T00:00:00Z\",\"rxInfo\":[null,{\"rssi\":\"x\"}],\"object\":{\"a\":{\"b\":{\"c\":{\"d\":1}}}}}",
        ];
        foreach (var payload in known)
        {
            yield return Encoding.UTF8.GetBytes(payload);
        }

        for (var i = 0; i < RandomPerTopic; i++)
        {
            var payload = new byte[random.Next(200)];
            random.NextBytes(payload);
            yield return payload;
        }
    }
}
