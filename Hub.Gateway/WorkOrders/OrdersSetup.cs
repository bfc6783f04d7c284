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
        builder.Services.AddSingleton<OrderDesk>();
        builder.Services.AddSingleton<SentAnswers>();
        builder.Services.AddSingleton<OrderTeller>();
        builder.Services.AddHostedService<ClockService>();
        builder.Services.AddHostedService<VisitService>();
        builder.Services.AddHostedService<KioskLink>();
        builder.Services.AddHostedService(services => new EvidenceService(
            services.GetRequiredService<OrderDesk>(), services.GetService<IEvidenceSource>()));
        return builder;
    }
}
