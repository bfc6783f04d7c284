using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Watch;

public static class WatchSetup
{
    public static WebApplicationBuilder AddWatch(this WebApplicationBuilder builder, HubOptions options)
    {
        _ = options;
        builder.Services.TryAddSingleton(new WatchOptions());
        builder.Services.AddSingleton<CheckpointStore>();
        builder.Services.AddSingleton<DryRun>();
        builder.Services.AddSingleton<WatchService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WatchService>());
        return builder;
    }
}
