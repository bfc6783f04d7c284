using System.Net;

namespace Hub.Gateway.Ports;

/// <summary>Which listeners a hub may open; whatever else is asked for is refused before it starts. Pure.</summary>
public static class PortRules
{
    /// <summary>Everything that is wrong, each with its flag and its cure.</summary>
    public static IEnumerable<string> Faults(HubOptions options)
    {
        if (!IPAddress.IsLoopback(options.Mqtt.Address))
        {
            yield return $"--mqtt {options.Mqtt} is open to others without TLS: passwords could be read. Keep --mqtt "
                + $"on 127.0.0.1, and let devices in by --mqtt-tls {options.Mqtt.Address}:8883 with --mqtt-cert "
                + "and --mqtt-key.";
        }

        if (options.MqttTls is not { } tls)
        {
            if (options.MqttCertificateFile is not null || options.MqttKeyFile is not null
                || options.MqttClientAuthorityFile is not null)
            {
                yield return "--mqtt-cert, --mqtt-key and --mqtt-client-ca are for a TLS listener, and there is none; "
                    + "open one with --mqtt-tls ADDRESS:PORT, or leave them out.";
            }

            yield break;
        }

        if (options.MqttCertificateFile is null || options.MqttKeyFile is null)
        {
            yield return $"--mqtt-tls {tls} needs a certificate; name it with --mqtt-cert FILE and --mqtt-key FILE "
                + "(PEM).";
        }

        if (options.MqttClientAuthorityFile is { } authority && !File.Exists(authority))
        {
            yield return $"--mqtt-client-ca {authority} is not there; name the authority's certificate (PEM).";
        }

        if (options.AllowAnonymousLoopback && !IPAddress.IsLoopback(tls.Address))
        {
            yield return $"--allow-anonymous-loopback and --mqtt-tls {tls} don't go together: whatever passes "
                + "strangers on through this machine would let them in without a credential. Leave out "
                + "--allow-anonymous-loopback, and enrol the devices with: devices enrol NAME";
        }
    }
}
