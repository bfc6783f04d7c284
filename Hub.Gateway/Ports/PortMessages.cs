using System.Net;

namespace Hub.Gateway.Ports;

internal static partial class PortMessages
{
    [LoggerMessage(2401, LogLevel.Information, "The certificate was replaced: {Subject}, good until {NotAfter:O}.")]
    public static partial void CertificateReloaded(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(2402, LogLevel.Error, "The new certificate {File} can't be used, the old one stays: {Why}")]
    public static partial void CertificateRefused(ILogger logger, string file, string why);

    [LoggerMessage(2403, LogLevel.Warning, "The connection from load balancer {From} is closed: {Why}")]
    public static partial void NoProxyHeader(ILogger logger, EndPoint? from, string why);
}
