namespace Hub.Rules.Site;

/// <summary>Whose messages an adapter understands.</summary>
public enum AdapterKind
{
    /// <summary>zigbee2mqtt: JSON state topics, availability, bridge/devices.</summary>
    Zigbee2Mqtt,

    /// <summary>Tasmota: tele and stat topics, LWT, discovery.</summary>
    Tasmota,

    /// <summary>Shelly of the first generation: one value a topic under <c>shellies/</c>.</summary>
    ShellyGen1,

    /// <summary>Shelly Gen2 and later: status topics and RPC notifications.</summary>
    Shelly,

    /// <summary>ChirpStack v4: LoRaWAN uplinks as JSON.</summary>
    ChirpStack,

    /// <summary>Whatever announces itself by Home Assistant's MQTT discovery.</summary>
    HomeAssistant,

    /// <summary>Sparkplug B 3.0: births, data and deaths in protobuf.</summary>
    Sparkplug,

    /// <summary>Any JSON, by a topic pattern and paths written in the site file.</summary>
    Json,
}
