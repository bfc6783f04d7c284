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
        _ => throw new InvalidOperationException($"Nobody understands {declared.Kind}."),
    };
}
