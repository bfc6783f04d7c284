using Hub.Gateway.Adapters.HomeAssistant;
using Hub.Gateway.Adapters.LoRa;
using Hub.Gateway.Adapters.Mapping;
using Hub.Gateway.Adapters.Shelly;
using Hub.Gateway.Adapters.Sparkplug;
using Hub.Gateway.Adapters.Tasmota;
using Hub.Gateway.Adapters.Zigbee;
using Hub.Rules.Site;

namespace Hub.Gateway.Adapters;

/// <summary>Which adapter understands which kind.</summary>
internal static class AdapterCatalogue
{
    public static IAdapter Make(DeclaredAdapter declared) => declared.Kind switch
    {
        AdapterKind.Zigbee2Mqtt => new Zigbee2MqttAdapter(declared.Topic),
        AdapterKind.Tasmota => new TasmotaAdapter(declared.Topic),
        AdapterKind.ShellyGen1 => new ShellyGen1Adapter(declared.Topic),
        AdapterKind.Shelly => new ShellyAdapter(declared.Topic),
        AdapterKind.ChirpStack => new ChirpStackAdapter(declared.Topic),
        AdapterKind.HomeAssistant => new DiscoveryAdapter(declared.Topic),
        AdapterKind.Sparkplug => new SparkplugAdapter(declared.Topic),
        AdapterKind.Json => new MappingAdapter(declared),
        _ => throw new InvalidOperationException($"Nobody understands {declared.Kind}."),
    };
}
