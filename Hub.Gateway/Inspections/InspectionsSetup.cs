using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Inspections;

public static class InspectionsSetup
{
    public static WebApplicationBuilder AddInspections(this WebApplicationBuilder builder, HubOptions options)
    {
        builder.Services.TryAddSingleton(new InspectionPolicy());
        builder.Services.AddSingleton(new PhotoFolder(options.DataFolder));
        builder.Services.AddSingleton<DialBook>();
        builder.Services.AddSingleton<InspectionBook>();
        builder.Services.AddSingleton<LastInspections>();
        builder.Services.AddSingleton<FindingDesk>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FindingDesk>());
        builder.Services.AddSingleton<InspectionTeller>();
        return builder;
    }
}
