using System.Text;
using Hub.Gateway.Access;
using Hub.Gateway.Tests.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Tests.Access;

/// <summary>Enrolling, signing in and being thrown out, on the wire.</summary>
public sealed class SignInTests : IDisposable
{
    private const string Own = "0123456789abcdefghijABCDEFGHIJ-_";
    private const string Other = "zyxwvutsrqponmlkjihgfedcba987654";

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccessOptions Options => new() { Clock = _time, FailuresPerNameMax = 3 };

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_device_brings_its_password_with_a_token_and_the_token_is_spent()
    {
        await using var hub = await StartAsync();
        var token = await TokenAsync(hub, "load-1");

        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", $"{token}.{Own}"));
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", Own));
        // Its answer may have been lost: the same claim again is no harm, another password with that token is.
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", $"{token}.{Own}"));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", $"{token}.{Other}"));
    }

    [Fact]
    public async Task Of_two_claims_at_once_one_wins()
    {
        await using var hub = await StartAsync();
        var token = await TokenAsync(hub, "load-1");

        var answers = await Task.WhenAll(
            TryAsync(hub, "load-1", $"{token}.{Own}"), TryAsync(hub, "load-1", $"{token}.{Other}"));

        Assert.Single(answers, MqttReason.Success);
        Assert.Single(answers, MqttReason.BadUserNameOrPassword);
    }

    [Theory]
    [InlineData("another device's", MqttReason.BadUserNameOrPassword)]
    [InlineData("over", MqttReason.BadUserNameOrPassword)]
    [InlineData("replaced", MqttReason.BadUserNameOrPassword)]
    [InlineData("for a weak password", MqttReason.BadUserNameOrPassword)]
    [InlineData("alone", MqttReason.BadUserNameOrPassword)]
    public async Task A_token_does_not_hold_when_it_is(string what, MqttReason reason)
    {
        await using var hub = await StartAsync();
        var token = await TokenAsync(hub, "load-1");
        await TokenAsync(hub, "load-2");
        var (device, password) = what switch
        {
            "another device's" => ("load-2", $"{token}.{Own}"),
            "for a weak password" => ("load-1", $"{token}.1234"),
            "alone" => ("load-1", token),
            _ => ("load-1", $"{token}.{Own}"),
        };
        if (what == "over")
        {
            _time.Advance(TimeSpan.FromHours(24));
        }
        else if (what == "replaced")
        {
            await TokenAsync(hub, "load-1");
        }

        Assert.Equal(reason, await TryAsync(hub, device, password));
    }

    [Theory]
    [InlineData(null, null, MqttReason.NotAuthorized)]
    [InlineData("load-1", null, MqttReason.BadUserNameOrPassword)]
    [InlineData("load-1", "", MqttReason.BadUserNameOrPassword)]
    [InlineData("load-1", "wrong", MqttReason.BadUserNameOrPassword)]
    [InlineData("stranger", Own, MqttReason.BadUserNameOrPassword)]
    [InlineData("", Own, MqttReason.BadUserNameOrPassword)]
    public async Task What_does_not_hold_is_answered_as_the_standards_say(
        string? user, string? password, MqttReason reason)
    {
        await using var hub = await StartAsync();
        await EnrolAsync(hub, "load-1", Own);

        Assert.Equal(reason, await TryAsync(hub, user, password));
        Assert.Equal(reason, await TryAsync(hub, user, password, MqttVersion.V311));
    }

    [Fact]
    public async Task An_enrolled_device_is_still_enrolled_after_a_restart_and_a_revoked_one_still_revoked()
    {
        await using (var hub = await StartAsync())
        {
            await EnrolAsync(hub, "load-1", Own);
            await EnrolAsync(hub, "load-2", Other);
            Assert.Equal(AccessRefusal.None, await hub.Access.RevokeAsync("load-2", Cancel));
        }

        await using var again = await StartAsync();
        Assert.Equal(MqttReason.Success, await TryAsync(again, "load-1", Own));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(again, "load-2", Other));
    }

    [Fact]
    public async Task Revoking_cuts_the_live_connection_within_seconds_and_a_new_token_lets_in_again()
    {
        await using var hub = await StartAsync();
        await EnrolAsync(hub, "load-1", Own);
        using var client = await ConnectAsync(hub, "load-1", Own);

        Assert.Equal(AccessRefusal.None, await hub.Access.RevokeAsync("load-1", Cancel));

        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAsync<MqttPacket.Disconnect>()).Reason);
        Assert.Null(await client.ReadAsync());
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", Own));
        await EnrolAsync(hub, "load-1", Other);
        using var back = await ConnectAsync(hub, "load-1", Other);
        await back.SubscribeAsync("hub/1/load-1/cmd");
        Assert.True(await back.IsSilentAsync());
    }

    [Fact]
    public async Task The_old_password_holds_until_the_new_one_is_used_and_a_day_at_most()
    {
        await using var hub = await StartAsync();
        await EnrolAsync(hub, "load-1", Own);
        var token = await TokenAsync(hub, "load-1");
        Assert.Equal(AccessRefusal.None, await hub.Access.ClaimAsync("load-1", token, Other, Cancel));

        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", Own));
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", Other));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", Own));

        // A device that claims by itself has used it.
        token = await TokenAsync(hub, "load-1");
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", $"{token}.{Own}"));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", Other));

        await EnrolAsync(hub, "load-1", Other);
        token = await TokenAsync(hub, "load-1");
        Assert.Equal(AccessRefusal.None, await hub.Access.ClaimAsync("load-1", token, Own, Cancel));
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", Other));
    }

    [Fact]
    public async Task Whoever_guesses_is_held_and_whoever_has_been_here_before_is_not()
    {
        await using var hub = await StartAsync();
        await EnrolAsync(hub, "load-1", Own);
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", Own));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", $"guess {i}"));
        }

        Assert.Equal(MqttReason.ConnectionRateExceeded, await TryAsync(hub, "load-1", "guess again"));
        Assert.Equal(MqttReason.ServerUnavailable, await TryAsync(hub, "load-1", "guess", MqttVersion.V311));
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-1", Own));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", "guess at last"));
    }

    [Fact]
    public async Task A_devices_name_as_client_id_is_the_devices_alone_even_while_it_is_away()
    {
        await using var hub = await StartAsync();
        await EnrolAsync(hub, "load-1", Own);
        await EnrolAsync(hub, "load-2", Other);

        Assert.Equal(MqttReason.ClientIdentifierNotValid, await TryAsync(hub, "load-2", Other, clientId: "load-1"));
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "load-2", Other, clientId: "anything-else"));
    }

    [Fact]
    public async Task Where_anonymous_clients_are_allowed_an_enrolled_name_still_needs_its_password()
    {
        await using var hub = await RunningHub.StartAsync(_folder, signIn: Options);
        await EnrolAsync(hub, "load-1", Own);

        Assert.Equal(MqttReason.Success, await TryAsync(hub, null, null));
        Assert.Equal(MqttReason.Success, await TryAsync(hub, "somebody", "something"));
        Assert.Equal(MqttReason.BadUserNameOrPassword, await TryAsync(hub, "load-1", "wrong"));
        Assert.Equal(MqttReason.ClientIdentifierNotValid, await TryAsync(hub, null, null, clientId: "load-1"));
    }

    [Fact]
    public async Task An_account_may_what_its_patterns_say_and_new_patterns_cut_it()
    {
        await using var hub = await StartAsync();
        var (_, password) = await hub.Access.PutAccountAsync("z2m", ["zigbee2mqtt/#"], ["zigbee2mqtt/#"], Cancel);
        using var client = await ConnectAsync(hub, "z2m", password);
        await client.PublishAsync("zigbee2mqtt/lamp", "{}", 1);
        Assert.True((await client.ReadAsync<MqttPacket.PubAck>()).Reason < MqttReason.UnspecifiedError);
        await client.PublishAsync("hub/1/load-1/readings", "[]", 2);
        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAsync<MqttPacket.PubAck>()).Reason);

        (_, password) = await hub.Access.PutAccountAsync("z2m", ["shellies/#"], [], Cancel);

        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAsync<MqttPacket.Disconnect>()).Reason);
        using var again = await ConnectAsync(hub, "z2m", password);
        await again.PublishAsync("zigbee2mqtt/lamp", "{}", 1);
        Assert.Equal(MqttReason.NotAuthorized, (await again.ReadAsync<MqttPacket.PubAck>()).Reason);
    }

    [Fact]
    public async Task Names_patterns_and_certificates_that_can_t_be_used_are_refused()
    {
        await using var hub = await StartAsync();
        Assert.Equal(AccessRefusal.NameInvalid, (await hub.Access.MakeTokenAsync("a/b", Cancel)).Refusal);
        await TokenAsync(hub, "load-1");
        Assert.Equal(AccessRefusal.NameTaken, (await hub.Access.PutAccountAsync("load-1", ["a"], [], Cancel)).Refusal);
        Assert.Equal(AccessRefusal.PatternInvalid, (await hub.Access.PutAccountAsync("x", ["a/#/b"], [], Cancel)).Refusal);
        Assert.Equal(AccessRefusal.PatternInvalid, (await hub.Access.PutAccountAsync("x", [], [], Cancel)).Refusal);
        Assert.Equal(AccessRefusal.Unknown, await hub.Access.RevokeAsync("x", Cancel));
        Assert.Equal(
            AccessRefusal.CertificateInvalid,
            await hub.Access.AddCertificateAsync("load-1", CredentialKind.Fingerprint, "abc", Cancel));
    }

    [Fact]
    public async Task No_secret_is_in_hub_db()
    {
        await using var hub = await StartAsync();
        var token = await TokenAsync(hub, "load-1");
        var (_, password) = await hub.Access.PutAccountAsync("z2m", ["a"], [], Cancel);
        await TryAsync(hub, "load-1", $"{token}.{Own}");

        var files = Directory.EnumerateFiles(_folder.Path, "hub.db*").Select(Read).ToList();

        Assert.Contains(files, file => file.Contains("pbkdf2-sha256:", StringComparison.Ordinal));
        foreach (var secret in new[] { token, Own, password })
        {
            Assert.DoesNotContain(files, file => file.Contains(secret, StringComparison.Ordinal));
        }
    }

    private Task<RunningHub> StartAsync() =>
        RunningHub.StartAsync(_folder, allowAnonymous: false, signIn: Options);

    private static async Task<string> TokenAsync(RunningHub hub, string device)
    {
        var (refusal, token, _) = await hub.Access.MakeTokenAsync(device, Cancel);
        Assert.Equal(AccessRefusal.None, refusal);
        return token;
    }

    private static async Task EnrolAsync(RunningHub hub, string device, string password) => Assert.Equal(
        AccessRefusal.None, await hub.Access.ClaimAsync(device, await TokenAsync(hub, device), password, Cancel));

    private static MqttPacket.Connect Connect(
        MqttVersion version, string clientId, string? user, string? password) => new(version, clientId)
        {
            UserName = user,
            Password = password is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password),
        };

    private static Task<WireClient> ConnectAsync(RunningHub hub, string user, string password) =>
        WireClient.ConnectAsync(hub.Port, user, with: connect => Connect(MqttVersion.V500, user, user, password));

    private static async Task<MqttReason> TryAsync(
        RunningHub hub, string? user, string? password, MqttVersion version = MqttVersion.V500, string clientId = "")
    {
        using var client = await WireClient.OpenAsync(hub.Port, version);
        await client.SendAsync(Connect(version, clientId, user, password));
        return (await client.ReadAsync<MqttPacket.ConnAck>()).Reason;
    }

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
