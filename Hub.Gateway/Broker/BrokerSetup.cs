namespace Hub.Gateway.Broker;

public static class BrokerSetup
{
    public static WebApplicationBuilder AddBroker(this WebApplicationBuilder builder, HubOptions options) =>
        builder.AddBroker(new BrokerOptions
        {
            KeepAliveSecondsMax = options.MqttKeepAliveSecondsMax ?? new BrokerOptions().KeepAliveSecondsMax,
            ReceiveMax = options.MqttReceiveMax ?? new BrokerOptions().ReceiveMax,
            ClosedFilters = options.MqttClosedFilters,
        });

    /// <summary>
    /// The MQTT endpoint; it needs the journal, hub.db, an <see cref="IIntake"/> and an <see cref="IBrokerAccess"/>.
    /// </summary>
    public static WebApplicationBuilder AddBroker(this WebApplicationBuilder builder, BrokerOptions broker)
    {
        builder.Services.AddSingleton(broker);
        builder.Services.AddSingleton<MqttBroker>();
        builder.Services.AddSingleton<IDownlink>(services => services.GetRequiredService<MqttBroker>());
        builder.Services.AddSingleton(services => services.GetRequiredService<MqttBroker>().Retained);
        builder.Services.AddSingleton(services => services.GetRequiredService<MqttBroker>().Sessions);
        builder.Services.AddSingleton(services => services.GetRequiredService<MqttBroker>().ChangedSessions);
        builder.Services.AddHostedService<RetainedKeeper>();
        builder.Services.AddHostedService<SessionKeeper>();
        builder.Services.AddHostedService<BrokerKeeper>();
        return builder;
    }
}
