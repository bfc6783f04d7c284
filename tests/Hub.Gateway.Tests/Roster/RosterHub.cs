using Hub.Gateway.Broker;
using Hub.Gateway.Notify;
using Hub.Gateway.Roster;
using Hub.Gateway.Tests.Web;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.WorkOrders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Roster;

/// <summary>The pages with a roster and channels; the turns are taken by hand.</summary>
internal static class RosterHub
{
    private const string Notify = """
        channels:
          - { id: wang-phone, kind: mqtt, person: butler-08 }
          - { id: hao-phone, kind: mqtt, person: butler-07 }
          - { id: desk-screen, kind: mqtt, tells: [hotline] }
          - { id: chief-phone, kind: mqtt, person: chief-01 }
          - { id: chief-late, kind: mqtt, person: chief-01, after: 30 s, about: [call] }
        """;

    public const string Grid = "grid,name,places,partners\ng1,Entrance 1,b3-e1,g2\ng2,Entrance 2,b3-e2,g1\n";

    /// <summary>On Monday 30 November, at noon.</summary>
    public static async Task<PagesHub> StartAsync(string notify = Notify)
    {
        var hub = await PagesHub.StartAsync(with: builder =>
        {
            builder.Services.AddSingleton<ICallers, SignedInCallers>();
            builder.Services.AddSingleton<IDownlink>(new Wire());
            builder.AddRoster();
            builder.AddNotify(new HubOptions { DataFolder = "", NotifyFile = null });
            builder.Services.AddSingleton(NotifyFile.Read("notify.yaml", notify, _ => "").Value!);
            // Its turns are taken by hand.
            builder.Services.Remove(builder.Services.Last(one => one.ImplementationType == typeof(NotifyService)));
        },
        map: app => app.MapNotify(staff => staff.For(Roles.Staff), keepers => keepers.For(Roles.Commissioners)));
        hub.Time.Advance(Nov(30, 12) - hub.Time.GetUtcNow());
        var read = await hub.Service<RosterBook>().ImportAsync(Files(grids: Grid), "chief-01", Cancel);
        Assert.True(read.IsGood, read.ToString());
        return hub;
    }

    /// <summary>The clocks, the plan and every postman have their turn.</summary>
    public static async Task TurnAsync(PagesHub hub)
    {
        using var notify = new NotifyService(
            hub.Service<NotifyRoom>(), hub.Service<DeliveryBook>(), hub.Service<PauseBook>(), hub.Desk, hub.Site,
            hub.Service<NotifyOptions>(), hub.Time, NullLogger<NotifyService>.Instance, hub.Service<RosterBook>());
        await hub.Desk.ElapseAsync(Cancel);
        await notify.PlanAsync(Cancel);
        foreach (var postman in hub.Service<NotifyRoom>().Postmen)
        {
            while (await postman.TurnAsync(Cancel) is { } next && next <= hub.Time.GetUtcNow())
            {
                // More can be said now.
            }
        }
    }

    /// <summary>A broker that takes everything.</summary>
    public sealed class Wire : IDownlink
    {
        public List<string> Topics { get; } = [];

        public bool IsAway { get; set; }

        public ValueTask PublishAsync(
            string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
        {
            if (IsAway)
            {
                throw new IOException("The broker is away.");
            }

            Topics.Add(topic);
            return ValueTask.CompletedTask;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
