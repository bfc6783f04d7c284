using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.WorkOrders;

public static class OrdersSetup
{
    public static WebApplicationBuilder AddWorkOrders(this WebApplicationBuilder builder, HubOptions options)
    {
        _ = options;
        builder.Services.TryAddSingleton(OrderPolicy.Standard);
        builder.Services.TryAddSingleton(new KioskLinkOptions());
        builder.Services.TryAddSingleton<ICallers, SignedInCallers>();
        builder.Services.AddSingleton<IPremises, SitePremises>();
        builder.Services.TryAddSingleton<SteadyTime>();
        builder.Services.AddSingleton(OnSteadyTime<OrderDesk>);
        builder.Services.AddSingleton<SentAnswers>();
        builder.Services.AddSingleton<OrderTeller>();
        builder.Services.AddHostedService(OnSteadyTime<ClockService>);
        builder.Services.AddHostedService(OnSteadyTime<VisitService>);
        builder.Services.AddHostedService(OnSteadyTime<KioskLink>);
        builder.Services.AddHostedService(services => new EvidenceService(
            services.GetRequiredService<OrderDesk>(), services.GetService<IEvidenceSource>()));
        return builder;
    }

    /// <summary>Whatever measures promises, or is held against those who do.</summary>
    private static T OnSteadyTime<T>(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<T>(services, services.GetRequiredService<SteadyTime>());
}
