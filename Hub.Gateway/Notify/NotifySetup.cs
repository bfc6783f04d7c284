using Hub.Gateway.Site;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Notify;

public static class NotifySetup
{
    /// <exception cref="FaultyFilesException">The notify file is wrong or can't be read.</exception>
    public static WebApplicationBuilder AddNotify(this WebApplicationBuilder builder, HubOptions options)
    {
        builder.Services.AddSingleton(Read(options.NotifyFile));
        builder.Services.TryAddSingleton(new NotifyOptions());
        builder.Services.AddSingleton<DeliveryBook>();
        builder.Services.AddSingleton<IDeliveryLog>(services => services.GetRequiredService<DeliveryBook>());
        builder.Services.AddSingleton<NotifyRoom>();
        builder.Services.AddSingleton<IChannelBoard, ChannelBoard>();
        builder.Services.AddSingleton<NotifyDoor>();
        builder.Services.AddHostedService<NotifyService>();
        return builder;
    }

    /// <param name="guard">Who may see and try the channels.</param>
    public static WebApplication MapNotify(this WebApplication app, Action<IEndpointConventionBuilder> guard)
    {
        var door = app.Services.GetRequiredService<NotifyDoor>();
        var notify = app.MapGroup("/api/v1/notify").WithTags("notify");
        notify.MapGet("/", door.ChannelsAsync)
            .WithSummary("The channels, what waits for each, and since when one fails.");
        notify.MapGet("/deliveries", door.LogAsync)
            .WithSummary("What was sent, spared or given up, the newest first; of one order=, of one person=.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        notify.MapPost("/{channel}/test", door.TestAsync)
            .WithSummary("Sends a message that says it is a test, at once.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status502BadGateway);
        guard(notify);
        return app;
    }

    /// <summary>The file, or an empty one without a path.</summary>
    /// <exception cref="FaultyFilesException">It is wrong or can't be read.</exception>
    public static NotifyFile Read(string? path)
    {
        if (path is null)
        {
            return NotifyFile.Empty;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var read = NotifyFile.Read(
            path, File.ReadAllText(path), secret => File.ReadAllText(Path.Combine(folder, secret)));
        return read.Value ?? throw new FaultyFilesException(read.Faults);
    }
}
