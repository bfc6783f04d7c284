using System.Net;
using Hub.Gateway.Broker;

namespace Hub.Gateway.Ports;

/// <summary>MQTT over WebSocket, at <c>/mqtt</c> of the HTTP port.</summary>
internal sealed class WebSocketDoor(MqttBroker broker)
{
    private const string Protocol = "mqtt";

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status426UpgradeRequired,
                title: "MQTT over WebSocket.",
                detail: "Connect with a WebSocket client and the subprotocol mqtt.");
        }

        // A page from elsewhere, in the browser of somebody on this machine, must not speak to the hub in his name.
        if (!IsOriginAllowed(context.Request))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        // MQTT 5, 6.0: the client must offer it.
        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "The subprotocol is missing.",
                detail: "Offer the subprotocol mqtt.");
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(Protocol);
        await new WebSocketConnection(socket, RemoteOf(context), context, broker.Options.NetworkTime).RunAsync(broker);
        return Results.Empty;
    }

    /// <summary>Programs that are no browsers send none.</summary>
    internal static bool IsOriginAllowed(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Null for whom a proxy on this machine speaks: it must not pass for one of its own.</summary>
    private static IPEndPoint? RemoteOf(HttpContext context)
    {
        var isPassedOn = context.Request.Headers.ContainsKey("X-Forwarded-For")
            || context.Request.Headers.ContainsKey("Forwarded") || context.Request.Headers.ContainsKey("X-Real-IP")
            || context.Request.Headers.ContainsKey("Via");
        return !isPassedOn && context.Connection.RemoteIpAddress is { } address
            ? new IPEndPoint(address, context.Connection.RemotePort)
            : null;
    }
}
