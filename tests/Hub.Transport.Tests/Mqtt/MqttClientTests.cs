using System.Collections.Concurrent;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

public sealed class MqttClientTests : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly ScriptedBroker _broker = new(MqttVersion.V500);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<MqttDisconnected> _ends = new();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private MqttClient _client = null!;
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task Publishes_up_to_its_window_and_goes_on_as_acknowledgements_come()
    {
        Start(options => options with { WindowMax = 3 });
        var link = await _broker.AcceptAsync(_cancel);

        var answers = Publish(7);
        var ids = new List<ushort>();
        for (var i = 0; i < 3; i++)
        {
            var publish = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
            Assert.Equal(($"t/{i}", MqttQoS.AtLeastOnce, false), (publish.Topic, publish.QoS, publish.Dup));
            ids.Add(publish.PacketId);
        }

        await AssertSendsNothingMoreAsync(link);
        Assert.Equal(3, ids.Distinct().Count());

        for (var i = 0; i < 7; i++)
        {
            Assert.False(answers[i].IsCompleted);
            await link.SendAsync(new MqttPacket.PubAck(ids[i]), _cancel);
            Assert.True((await answers[i]).IsAccepted);
            if (i + 3 < 7)
            {
                var next = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
                Assert.Equal($"t/{i + 3}", next.Topic);
                ids.Add(next.PacketId);
            }
        }
    }

    [Fact]
    public async Task The_servers_receive_maximum_lowers_the_window()
    {
        Start(options => options with { WindowMax = 10 });
        var link = await _broker.AcceptAsync(_cancel, properties: new MqttProperties { ReceiveMaximum = 1 });

        Publish(2);

        await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task Resends_in_order_with_the_same_ids_and_DUP_after_a_cut()
    {
        Start(options => options with { WindowMax = 3 });
        var link = await _broker.AcceptAsync(_cancel);
        var answers = Publish(5);
        var first = await ReceivePublishesAsync(link, 3);

        // Out of order: the second is done, the first and the third are not.
        await link.SendAsync(new MqttPacket.PubAck(first[1].PacketId), _cancel);
        await answers[1];
        var fourth = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true);

        var again = await ReceivePublishesAsync(link, 3);

        Assert.Equal(["t/0", "t/2", "t/3"], again.Select(publish => publish.Topic));
        Assert.Equal(
            [first[0].PacketId, first[2].PacketId, fourth.PacketId], again.Select(publish => publish.PacketId));
        Assert.All(again, publish => Assert.True(publish.Dup));

        foreach (var publish in again)
        {
            await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), _cancel);
        }

        var last = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        Assert.Equal(("t/4", false), (last.Topic, last.Dup));
        await link.SendAsync(new MqttPacket.PubAck(last.PacketId), _cancel);
        Assert.All(await Task.WhenAll(answers), answer => Assert.True(answer.IsAccepted));
    }

    [Fact]
    public async Task A_second_cut_in_the_middle_of_resending_keeps_the_order()
    {
        Start(options => options with { WindowMax = 4 });
        var link = await _broker.AcceptAsync(_cancel);
        var answers = Publish(4);
        await ReceivePublishesAsync(link, 4);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true, new MqttProperties { ReceiveMaximum = 2 });
        await ReceivePublishesAsync(link, 2);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true);

        var again = await ReceivePublishesAsync(link, 4);

        Assert.Equal(["t/0", "t/1", "t/2", "t/3"], again.Select(publish => publish.Topic));
        foreach (var publish in again)
        {
            await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), _cancel);
        }

        await Task.WhenAll(answers);
    }

    [Fact]
    public async Task A_server_that_forgot_the_session_gets_the_messages_as_new_and_the_subscriptions_again()
    {
        Start();
        var link = await _broker.AcceptAsync(_cancel);
        var subscribing = _client.SubscribeAsync("cmd/#", MqttQoS.AtLeastOnce, _cancel);
        var subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(_cancel);
        await link.SendAsync(new MqttPacket.SubAck(subscribe.PacketId, [MqttReason.GrantedQoS1]), _cancel);
        Assert.Equal(MqttReason.GrantedQoS1, await subscribing);
        Publish(1);
        await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: false);

        var again = await link.ReceiveAsync<MqttPacket.Subscribe>(_cancel);
        Assert.Equal("cmd/#", Assert.Single(again.Subscriptions).Filter);
        Assert.False((await link.ReceiveAsync<MqttPacket.Publish>(_cancel)).Dup);
    }

    [Fact]
    public async Task A_server_that_kept_the_session_is_not_asked_again()
    {
        Start();
        var link = await _broker.AcceptAsync(_cancel);
        var subscribing = _client.SubscribeAsync("cmd/#", MqttQoS.AtLeastOnce, _cancel);
        var subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(_cancel);
        await link.SendAsync(new MqttPacket.SubAck(subscribe.PacketId, [MqttReason.GrantedQoS1]), _cancel);
        await subscribing;
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);

        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task A_subscription_asked_for_without_a_connection_is_made_on_the_next()
    {
        _broker.IsDown = true;
        Start();
        var subscribing = _client.SubscribeAsync("cmd/#", MqttQoS.AtLeastOnce, _cancel);
        _broker.IsDown = false;

        var link = await AcceptAgainAsync(sessionPresent: false);
        var subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(_cancel);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true);
        subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(_cancel);
        await link.SendAsync(new MqttPacket.SubAck(subscribe.PacketId, [MqttReason.NotAuthorized]), _cancel);

        Assert.Equal(MqttReason.NotAuthorized, await subscribing);
    }

    [Fact]
    public async Task A_PUBACK_that_refuses_is_an_answer_and_not_an_exception()
    {
        Start();
        var link = await _broker.AcceptAsync(_cancel);
        var answers = Publish(2);
        var publishes = await ReceivePublishesAsync(link, 2);

        await link.SendAsync(
            new MqttPacket.PubAck(publishes[0].PacketId, MqttReason.QuotaExceeded)
            {
                Properties = new MqttProperties { ReasonString = "The disk is full." },
            },
            _cancel);
        await link.SendAsync(new MqttPacket.PubAck(publishes[1].PacketId), _cancel);

        Assert.Equal(new MqttPublishResult(MqttReason.QuotaExceeded, "The disk is full."), await answers[0]);
        Assert.False((await answers[0]).IsAccepted);
        Assert.True((await answers[1]).IsAccepted);
    }

    [Fact]
    public async Task What_the_server_says_it_cannot_take_is_answered_without_sending_it()
    {
        Start();
        var link = await _broker.AcceptAsync(
            _cancel, properties: new MqttProperties { MaximumPacketSize = 40, RetainAvailable = 0 });

        var large = await _client.PublishAsync("t", new byte[100], retain: false, _cancel);
        var retained = await _client.PublishAsync("t", new byte[1], retain: true, _cancel);
        var small = _client.PublishAsync("t", new byte[1], retain: false, _cancel);

        Assert.Equal(MqttReason.PacketTooLarge, large.Reason);
        Assert.Equal(MqttReason.RetainNotSupported, retained.Reason);
        var publish = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), _cancel);
        Assert.True((await small).IsAccepted);
    }

    [Fact]
    public async Task A_full_queue_makes_the_caller_wait()
    {
        Start(options => options with { WindowMax = 1, QueueMax = 2 });
        var link = await _broker.AcceptAsync(_cancel);
        var answers = Publish(3);
        var first = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        using var impatience = new CancellationTokenSource();
        var fourth = _client.PublishAsync("t/3", default, retain: false, impatience.Token);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fourth);

        for (var i = 0; i < 3; i++)
        {
            await link.SendAsync(new MqttPacket.PubAck(first.PacketId), _cancel);
            await answers[i];
            if (i < 2)
            {
                first = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
                Assert.Equal($"t/{i + 1}", first.Topic);
            }
        }

        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task Acknowledges_a_message_after_its_handler_and_not_before()
    {
        var arrived = new TaskCompletionSource<MqttMessage>();
        var finish = new TaskCompletionSource();
        Start(handler: async (message, cancel) =>
        {
            arrived.TrySetResult(message);
            await finish.Task.WaitAsync(cancel);
        });
        var link = await _broker.AcceptAsync(_cancel);

        await link.SendAsync(
            new MqttPacket.Publish("cmd/1", new byte[] { 7 }) { QoS = MqttQoS.AtLeastOnce, PacketId = 9, Retain = true },
            _cancel);
        var message = await arrived.Task;
        Assert.Equal(("cmd/1", true), (message.Topic, message.Retain));

        // A publish is acknowledged meanwhile: reading goes on while the handler is busy.
        var answers = Publish(1);
        var publish = await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), _cancel);
        await answers[0];

        finish.SetResult();
        Assert.Equal(9, (await link.ReceiveAsync<MqttPacket.PubAck>(_cancel)).PacketId);
    }

    [Fact]
    public async Task A_message_whose_handling_the_cut_interrupted_is_not_acknowledged()
    {
        var arrived = new TaskCompletionSource();
        Start(handler: async (message, cancel) =>
        {
            if (!message.Dup)
            {
                arrived.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }
        });
        var link = await _broker.AcceptAsync(_cancel);
        var publish = new MqttPacket.Publish("cmd/1", default) { QoS = MqttQoS.AtLeastOnce, PacketId = 9 };
        await link.SendAsync(publish, _cancel);
        await arrived.Task;
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);
        await link.SendAsync(publish with { Dup = true }, _cancel);

        Assert.Equal(9, (await link.ReceiveAsync<MqttPacket.PubAck>(_cancel)).PacketId);
    }

    [Fact]
    public async Task A_handlers_fault_ends_the_client()
    {
        Start(handler: (_, _) => throw new IOException("The pin is gone."));
        var link = await _broker.AcceptAsync(_cancel);

        await link.SendAsync(new MqttPacket.Publish("cmd/1", default), _cancel);

        var fault = await Assert.ThrowsAsync<IOException>(() => _running);
        Assert.Equal("The pin is gone.", fault.Message);
        _running = Task.CompletedTask;
    }

    [Fact]
    public async Task Held_messages_are_acknowledged_when_they_are_done_in_the_order_of_arrival()
    {
        var done = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        var taken = 0;
        Start(held: (_, _) => ValueTask.FromResult(done[taken++].Task));
        var link = await _broker.AcceptAsync(_cancel);
        for (ushort id = 1; id <= 3; id++)
        {
            await link.SendAsync(
                new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = id }, _cancel);
        }

        // The last ones are done first, and wait for the first; all else goes on.
        done[2].SetResult();
        done[1].SetResult();
        Publish(1);
        Assert.Equal("t/0", (await link.ReceiveAsync<MqttPacket.Publish>(_cancel)).Topic);
        done[0].SetResult();

        for (ushort id = 1; id <= 3; id++)
        {
            Assert.Equal(id, (await link.ReceiveAsync<MqttPacket.PubAck>(_cancel)).PacketId);
        }
    }

    [Fact]
    public async Task What_is_held_when_the_link_is_cut_is_not_acknowledged_on_the_next_one()
    {
        var taken = new SemaphoreSlim(0);
        var first = new TaskCompletionSource();
        Start(held: (message, _) =>
        {
            taken.Release();
            return ValueTask.FromResult(message.Dup ? Task.CompletedTask : first.Task);
        });
        var link = await _broker.AcceptAsync(_cancel);
        var publish = new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = 9 };
        await link.SendAsync(publish, _cancel);
        await taken.WaitAsync(_cancel);
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);
        first.SetResult();
        Publish(1);
        Assert.Equal("t/0", (await link.ReceiveAsync<MqttPacket.Publish>(_cancel)).Topic);
        await link.SendAsync(publish with { Dup = true }, _cancel);

        Assert.Equal(9, (await link.ReceiveAsync<MqttPacket.PubAck>(_cancel)).PacketId);
    }

    [Fact]
    public async Task No_more_than_the_receive_maximum_is_held_twice_over()
    {
        var taken = 0;
        var never = new TaskCompletionSource();
        Start(options => options with { ReceiveMax = 2 }, held: (_, _) =>
        {
            Interlocked.Increment(ref taken);
            return ValueTask.FromResult(never.Task);
        });
        var link = await _broker.AcceptAsync(_cancel);

        // A server that doesn't mind the maximum is read no further than to what is held and what waits.
        for (ushort id = 1; id <= 20; id++)
        {
            await link.SendAsync(
                new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = id }, _cancel);
        }

        Publish(1);
        await link.ReceiveAsync<MqttPacket.Publish>(_cancel);
        Assert.InRange(Volatile.Read(ref taken), 0, 4);
    }

    [Fact]
    public async Task A_held_messages_fault_ends_the_client()
    {
        Start(held: (_, _) => ValueTask.FromResult(Task.FromException(new IOException("The disk is gone."))));
        var link = await _broker.AcceptAsync(_cancel);

        await link.SendAsync(
            new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = 1 }, _cancel);

        Assert.Equal("The disk is gone.", (await Assert.ThrowsAsync<IOException>(() => _running)).Message);
        _running = Task.CompletedTask;
    }

    [Fact]
    public async Task Pings_a_quiet_link_and_gives_up_a_half_open_one()
    {
        Start(options => options with { KeepAlive = TimeSpan.FromSeconds(20) });
        var link = await _broker.AcceptAsync(_cancel);
        var ping = link.ReceiveAsync<MqttPacket.PingReq>(_cancel);
        await _time.AdvanceUntilAsync(ping, Step);
        await link.SendAsync(new MqttPacket.PingResp(), _cancel);

        // From here on the server says nothing more.
        var next = _broker.TakeLinkAsync(_cancel);
        await _time.AdvanceUntilAsync(next, Step);

        var end = Assert.Single(_ends);
        Assert.Equal((MqttDisconnectKind.Silent, MqttReason.KeepAliveTimeout), (end.Kind, end.Reason));
    }

    [Fact]
    public async Task A_server_that_answers_pings_is_kept_for_an_hour()
    {
        Start(options => options with { KeepAlive = TimeSpan.FromSeconds(20) });
        var link = await _broker.AcceptAsync(_cancel, properties: new MqttProperties { ServerKeepAlive = 60 });
        var until = _time.GetUtcNow().AddHours(1);
        var pings = 0;
        while (_time.GetUtcNow() < until)
        {
            var ping = link.ReceiveAsync<MqttPacket.PingReq>(_cancel);
            await _time.AdvanceUntilAsync(ping, TimeSpan.FromSeconds(5));
            pings++;
            await link.SendAsync(new MqttPacket.PingResp(), _cancel);
            await Task.Delay(10, _cancel);
        }

        // The server's own keep-alive of 60 s counts.
        Assert.InRange(pings, 40, 90);
        Assert.Empty(_ends);
    }

    [Fact]
    public async Task Waits_longer_and_longer_with_jitter_and_never_beyond_the_maximum()
    {
        _broker.IsDown = true;
        Start(options => options with
        {
            BackoffFirst = TimeSpan.FromSeconds(1),
            BackoffMax = TimeSpan.FromSeconds(30),
        });
        var enough = Task.Run(
            async () =>
            {
                while (_ends.Count < 60)
                {
                    await Task.Delay(1, _cancel);
                }
            },
            _cancel);
        await _time.AdvanceUntilAsync(enough, Step);

        var waits = _ends.Select(end => end.RetryAfter!.Value.TotalSeconds).ToArray();
        Assert.All(_ends, end => Assert.Equal(MqttDisconnectKind.CannotConnect, end.Kind));
        for (var i = 0; i < waits.Length; i++)
        {
            Assert.InRange(waits[i], 0, Math.Min(Math.Pow(2, i), 30));
        }

        Assert.True(waits.Max() > 15, "the later waits are drawn from up to 30 s");
        Assert.True(waits.Distinct().Count() > 50, "each is drawn anew");
    }

    [Fact]
    public async Task A_refusal_and_a_servers_DISCONNECT_are_told_with_their_reasons()
    {
        Start();
        var link = await _broker.TakeLinkAsync(_cancel);
        await link.ReceiveAsync<MqttPacket.Connect>(_cancel);
        await link.SendAsync(new MqttPacket.ConnAck(false, MqttReason.NotAuthorized), _cancel);
        link = await AcceptAgainAsync(sessionPresent: false);
        await link.SendAsync(new MqttPacket.Disconnect(MqttReason.SessionTakenOver), _cancel);
        link = await AcceptAgainAsync(sessionPresent: false);

        Assert.Equal(
            [
                (MqttDisconnectKind.Refused, MqttReason.NotAuthorized),
                (MqttDisconnectKind.ClosedByServer, MqttReason.SessionTakenOver),
            ],
            _ends.Select(end => (end.Kind, end.Reason)));
    }

    [Fact]
    public async Task A_server_that_breaks_the_protocol_is_told_so_and_left()
    {
        Start();
        var link = await _broker.AcceptAsync(_cancel);

        await link.SendBytesAsync(new byte[] { 0xC1, 0x00 }, _cancel);

        var bye = await link.ReceiveAsync<MqttPacket.Disconnect>(_cancel);
        Assert.Equal(MqttReason.MalformedPacket, bye.Reason);
        await AcceptAgainAsync(sessionPresent: true);
        Assert.Equal(MqttDisconnectKind.ProtocolFault, Assert.Single(_ends).Kind);
    }

    [Fact]
    public async Task A_server_that_never_answers_CONNECT_is_given_up()
    {
        Start(options => options with { ConnectFor = TimeSpan.FromSeconds(15) });
        await _broker.TakeLinkAsync(_cancel);

        await _time.AdvanceUntilAsync(_broker.TakeLinkAsync(_cancel), Step);

        Assert.Equal("No connection within 15 s.", Assert.Single(_ends).Sentence);
    }

    [Fact]
    public async Task Connects_with_its_will_its_name_and_its_session()
    {
        Start(options => options with
        {
            UserName = "edge",
            Password = new byte[] { 1, 2 },
            Will = new MqttWill("status", new byte[] { 9 }, Retain: true),
            CleanStart = true,
            KeepAlive = TimeSpan.FromSeconds(30),
            SessionExpiry = TimeSpan.FromHours(1),
            ReceiveMax = 17,
        });
        var link = await _broker.TakeLinkAsync(_cancel);

        var first = await link.ReceiveAsync<MqttPacket.Connect>(_cancel);
        link.Close();
        var next = _broker.TakeLinkAsync(_cancel);
        await _time.AdvanceUntilAsync(next, Step);
        link = await next;
        await link.ReceiveAsync<MqttPacket.Connect>(_cancel);
        await link.SendAsync(new MqttPacket.ConnAck(false), _cancel);
        link.Close();
        var third = _broker.TakeLinkAsync(_cancel);
        await _time.AdvanceUntilAsync(third, Step);
        var resumed = await (await third).ReceiveAsync<MqttPacket.Connect>(_cancel);

        Assert.True(first.CleanStart);
        Assert.False(resumed.CleanStart);
        Packets.AssertSame(first, resumed with { CleanStart = true });
        Assert.Equal(("gate-7", "edge", (ushort)30), (first.ClientId, first.UserName, first.KeepAlive));
        Assert.Equal((3600u, (ushort)17), (first.Properties.SessionExpiry, first.Properties.ReceiveMaximum));
        Assert.True(first.Will!.Retain);
    }

    [Fact]
    public async Task A_birth_goes_first_on_every_connection_and_once()
    {
        Start(birth: new MqttMessage("status", new byte[] { 1 }) { Retain = true });
        Publish(1);
        var link = await _broker.AcceptAsync(_cancel);
        var publishes = await ReceivePublishesAsync(link, 2);
        Assert.Equal(["status", "t/0"], publishes.Select(publish => publish.Topic));
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);

        publishes = await ReceivePublishesAsync(link, 2);
        Assert.Equal([("status", false), ("t/0", true)], publishes.Select(publish => (publish.Topic, publish.Dup)));
        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task Stops_with_a_DISCONNECT_and_cancels_what_has_no_answer()
    {
        Start();
        var link = await _broker.AcceptAsync(_cancel);
        var answer = Publish(1)[0];
        await link.ReceiveAsync<MqttPacket.Publish>(_cancel);

        await _stopping.CancelAsync();

        Assert.Equal(MqttReason.Success, (await link.ReceiveAsync<MqttPacket.Disconnect>(_cancel)).Reason);
        Assert.Null(await link.ReceiveAsync(_cancel));
        await _running;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Publish(1)[0]);
        Assert.Equal(MqttDisconnectKind.Stopped, Assert.Single(_ends).Kind);
        Assert.Equal(MqttClientState.Stopped, _client.State);
    }

    [Fact]
    public async Task What_no_server_could_take_is_the_callers_fault()
    {
        Start();

        await Assert.ThrowsAsync<ArgumentException>(() => _client.PublishAsync("a/+", default, false, _cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.PublishAsync(
            new MqttMessage("a", default) { Properties = new MqttProperties { WillDelay = 1 } }, _cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _client.SubscribeAsync("a/#/b", MqttQoS.AtMostOnce, _cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _client.SubscribeAsync("a", MqttQoS.ExactlyOnce, _cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    private void Start(
        Func<MqttClientOptions, MqttClientOptions>? change = null,
        Func<MqttMessage, CancellationToken, ValueTask>? handler = null,
        MqttMessage? birth = null,
        Func<MqttMessage, CancellationToken, ValueTask<Task>>? held = null)
    {
        var options = new MqttClientOptions { ClientId = "gate-7" };
        _client = new MqttClient(change?.Invoke(options) ?? options, _broker.ConnectAsync, _time, new Random(1))
        {
            OnMessage = handler,
            OnHeldMessage = held,
            Birth = birth,
        };
        _client.Disconnected += _ends.Enqueue;
        _running = _client.RunAsync(_stopping.Token);
    }

    private List<Task<MqttPublishResult>> Publish(int count) => Enumerable.Range(0, count)
        .Select(i => _client.PublishAsync($"t/{i}", new byte[] { (byte)i }, retain: false, _cancel))
        .ToList();

    private async Task<List<MqttPacket.Publish>> ReceivePublishesAsync(ScriptedLink link, int count)
    {
        var publishes = new List<MqttPacket.Publish>();
        for (var i = 0; i < count; i++)
        {
            publishes.Add(await link.ReceiveAsync<MqttPacket.Publish>(_cancel));
        }

        return publishes;
    }

    private async Task<ScriptedLink> AcceptAgainAsync(bool sessionPresent, MqttProperties? properties = null)
    {
        var accepting = _broker.AcceptAsync(_cancel, sessionPresent, properties);
        await _time.AdvanceUntilAsync(accepting, Step);
        return await accepting;
    }

    // The answer to a message that it is sent now stands behind everything that it had to send before.
    private async Task AssertSendsNothingMoreAsync(ScriptedLink link)
    {
        for (ushort id = 60_000; id < 60_003; id++)
        {
            await link.SendAsync(
                new MqttPacket.Publish("probe", default) { QoS = MqttQoS.AtLeastOnce, PacketId = id }, _cancel);
            Assert.Equal(id, (await link.ReceiveAsync<MqttPacket.PubAck>(_cancel)).PacketId);
        }
    }
}
