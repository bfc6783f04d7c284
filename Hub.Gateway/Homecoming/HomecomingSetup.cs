using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Homecoming;

public static class HomecomingSetup
{
    public static WebApplicationBuilder AddHomecoming(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(new HomecomingPolicy());
        builder.Services.AddSingleton<HomecomingService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HomecomingService>());
        return builder;
    }
}
