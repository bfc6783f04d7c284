using Hub.Gateway.Broker;
using Hub.Gateway.Notify.Channels;
using Hub.Gateway.Roster;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Notify;

/// <summary>The channels of the site's file, each with its postman.</summary>
internal sealed class NotifyRoom : IDisposable
{
    private readonly List<HttpClient> _clients = [];

    public NotifyRoom(
        NotifyFile file, DeliveryBook book, OrderDesk desk, IPremises premises, IDownlink downlink,
        NotifyOptions options, TimeProvider time, RosterBook? roster = null) =>
        Postmen =
        [
            .. file.Channels.Select(channel => new Postman(
                channel, Sender(channel, file, downlink, options, time),
                new LetterWriter(
                    channel, premises.Zone, file.Pages, id => roster?.Picture.Sheet?.Find(id)?.Language),
                book, desk, premises, options, time)),
        ];

    public IReadOnlyList<Postman> Postmen { get; }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private ISender Sender(
        Channel channel, NotifyFile file, IDownlink downlink, NotifyOptions options, TimeProvider time) =>
        channel.Kind switch
        {
            ChannelKind.Mail => new MailSender(channel, file.Mail!, options.AttemptMax),
            ChannelKind.Mqtt => new MqttSender(channel, downlink),
            ChannelKind.Webhook => new WebhookSender(channel, Client(channel, options), time),
            _ => new RobotSender(channel, Client(channel, options), time),
        };

    private HttpClient Client(Channel channel, NotifyOptions options)
    {
        var client = HttpPost.Client(channel.Url!, options.AttemptMax);
        _clients.Add(client);
        return client;
    }
}
