using Hub.Gateway.Roster;
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
        builder.Services.AddSingleton<PauseBook>();
        builder.Services.AddSingleton<IStillness>(services => services.GetRequiredService<PauseBook>());
        builder.Services.AddSingleton<NotifyRoom>();
        builder.Services.AddSingleton<IChannelBoard, ChannelBoard>();
        builder.Services.AddSingleton<NotifyDoor>();
        builder.Services.AddHostedService<NotifyService>();
        return builder;
    }

    /// <param name="staff">Who may see the channels, and try and pause those that are theirs.</param>
    /// <param name="keepers">Who may read all that was told.</param>
    public static WebApplication MapNotify(
        this WebApplication app, Action<IEndpointConventionBuilder> staff, Action<IEndpointConventionBuilder> keepers)
    {
        var door = app.Services.GetRequiredService<NotifyDoor>();
        var notify = app.MapGroup("/api/v1/notify").WithTags("notify");
        notify.MapGet("/", door.ChannelsAsync)
            .WithSummary("The channels, what waits for each, until when one is paused, and since when one fails.");
        notify.MapPost("/{channel}/test", door.TestAsync)
            .WithSummary("Sends a message that says it is a test, at once; a butler to a channel of their own.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status502BadGateway);
        notify.MapPost("/{channel}/pause", door.PauseAsync)
            .WithSummary("Somebody's own channel is silent until then: as quiet hours, and for 7 days at most.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        notify.MapDelete("/{channel}/pause", door.ResumeAsync).WithSummary("It speaks again.")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        staff(notify);
        keepers(notify.MapGet("/deliveries", door.LogAsync)
            .WithSummary("What was sent, spared or given up, the newest first; of one order=, of one person=.")
            .ProducesProblem(StatusCodes.Status400BadRequest));
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
