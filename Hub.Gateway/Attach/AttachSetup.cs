using Hub.Gateway.Broker;

namespace Hub.Gateway.Attach;

public static class AttachSetup
{
    /// <summary>
    /// The link to the site's own broker, if there is to be one; behind the broker and the intake, whose places it
    /// shares.
    /// </summary>
    public static WebApplicationBuilder AddAttach(this WebApplicationBuilder builder, HubOptions hub)
    {
        if (hub.Attach is not { } options)
        {
            return builder;
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<AttachLink>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AttachLink>());
        builder.Services.AddSingleton<IDownlink>(services => options.IsOnly
            ? services.GetRequiredService<AttachLink>().Downlink
            : new BothDownlinks(
                services.GetRequiredService<MqttBroker>(), services.GetRequiredService<AttachLink>().Downlink));
        return builder;
    }
}
