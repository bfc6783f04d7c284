using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Gateway.Units;

public static class UnitsSetup
{
    public static WebApplicationBuilder AddUnits(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(new UnitPolicy());
        builder.Services.AddSingleton<UnitLedger>();
        builder.Services.AddSingleton<UnitTeller>();
        return builder;
    }
}
