using Hub.Gateway.Broker;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Hub.Gateway.Ports;

public static class PortsSetup
{
    /// <summary>
    /// Opens MQTT's own ports, TCP first; it needs the broker. None, where a broker of the site's own takes their
    /// place.
    /// </summary>
    public static WebApplicationBuilder AddPorts(this WebApplicationBuilder builder, HubOptions options)
    {
        if (options.Attach is { IsOnly: true })
        {
            return builder;
        }

        builder.Services.AddSingleton<WebSocketDoor>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var services = kestrel.ApplicationServices;
            kestrel.Listen(options.Mqtt, listen => listen.UseProxyHeader(options).UseConnectionHandler<MqttBroker>());
            if (options.MqttTls is { } tls)
            {
                var files = new CertificateFiles(
                    options.MqttCertificateFile!, options.MqttKeyFile!,
                    services.GetRequiredService<BrokerOptions>().NetworkTime,
                    services.GetRequiredService<ILogger<CertificateFiles>>());
                files.Current();
                kestrel.Listen(tls, listen => listen.UseProxyHeader(options)
                    .UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult(files.Current()),
                    })
                    .UseConnectionHandler<MqttBroker>());
            }
        });
        return builder;
    }

    /// <summary>MQTT over WebSocket beside the pages.</summary>
    public static WebApplication MapPorts(this WebApplication app)
    {
        if (app.Services.GetService<WebSocketDoor>() is { } door)
        {
            app.UseWebSockets();
            Delegate answer = door.AnswerAsync;
            app.MapGet("/mqtt", answer).ExcludeFromDescription();
        }

        return app;
    }

    private static ListenOptions UseProxyHeader(this ListenOptions listen, HubOptions options)
    {
        if (options.ProxiesFrom.Count > 0)
        {
            var services = listen.ApplicationServices;
            var door = new ProxyDoor(
                options.ProxiesFrom, services.GetRequiredService<BrokerOptions>().NetworkTime,
                services.GetRequiredService<ILogger<ProxyDoor>>());
            ((IConnectionBuilder)listen).Use(door.Before);
        }

        return listen;
    }
}
