using System.CommandLine;
using System.Net;
using Hub.Gateway;
using Hub.Gateway.Cli;
using Hub.Gateway.Web.Tour;

namespace Hub.AllInOne;

/// <summary><c>demo</c>: the hub, two edges and a simulated compound, with everything embedded.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var flags = new HubFlags();
        flags.Data.DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Path.GetTempPath(), "buildinghub-demo"));
        flags.Data.Description = "A folder for the demo; it is emptied at each start.";
        var kiosk = new Option<IPEndPoint>("--kiosk")
        {
            Description = "Where the lobby's kiosk page answers.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 8090),
            CustomParser = HubFlags.ParseEndPoint,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed is the same compound with the same people.",
            DefaultValueFactory = _ => 42,
        };
        var speed = new Option<int>("--speed")
        {
            Description = "How many seconds of the compound pass in one of ours: 1 to 600.",
            DefaultValueFactory = _ => 1,
        };
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 600)
            {
                result.AddError("--speed must be 1 to 600.");
            }
        });
        var command = new Command("demo", "Runs the hub with a simulated compound, everything embedded.")
        {
            flags.Data, flags.Http, flags.Mqtt, kiosk, seed, speed,
        };
        command.SetAction((words, cancel) =>
        {
            var site = new DemoSite(
                words.GetValue(flags.Data)!.FullName, words.GetValue(kiosk)!, words.GetValue(seed),
                words.GetValue(speed));
            return HubRunCommand.RunAsync(
                () => flags.Read(words, site.Folder),
                options => Build(options, site),
                $" kiosk={site.Kiosk}",
                cancel);
        });
        return command;
    }

    private static WebApplication Build(HubOptions options, DemoSite site)
    {
        site.Prepare();
        return HubHost.Build(
            options with
            {
                SiteFile = site.SiteFile,
                NotifyFile = site.NotifyFile,
                AllowAnonymousLoopback = true,
                IsDemo = true,
                DemoKiosk = new Uri($"http://{site.Kiosk}/kiosk"),
            },
            site.Time,
            builder =>
            {
                builder.Services.AddSingleton(site);
                builder.Services.AddSingleton<DemoFacilities>();
                builder.Services.AddSingleton<DemoCompound>();
                builder.Services.AddSingleton<IDemoControl>(services => services.GetRequiredService<DemoCompound>());
                builder.Services.AddHostedService(services => services.GetRequiredService<DemoCompound>());
            });
    }
}
