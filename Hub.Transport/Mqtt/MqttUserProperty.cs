namespace Hub.Transport.Mqtt;

/// <summary>A name and a value of the application's own; names may come more than once (5.0: 3.1.2.11.8).</summary>
public readonly record struct MqttUserProperty(string Name, string Value);
