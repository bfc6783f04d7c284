using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Facilities;

public static class FacilitiesSetup
{
    public static WebApplicationBuilder AddFacilities(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(new FacilityPolicy());
        builder.Services.AddSingleton<FacilityBook>();
        builder.Services.AddSingleton<VendorBook>();
        builder.Services.AddSingleton<HourBook>();
        builder.Services.AddSingleton<PlanBook>();
        builder.Services.AddSingleton<FacilityTeller>();
        builder.Services.AddHostedService<MaintenanceService>();
        return builder;
    }
}
