using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hub.Gateway.Cli;

/// <summary><c>devices</c>: which device may connect, and with what; how an edge is configured.</summary>
internal static class DevicesCommand
{
    public static Command Create() => new(
        "devices", "Devices that may connect, how edges are configured, and what is asked about them.")
    {
        Enrol(), Token(), AccessCall.List("device"), AccessCall.Revoke("device"),
        EdgeConfigCommand.Create(), UnitCommands.Questions(), UnitCommands.Answer(),
    };

    private static Command Token()
    {
        var name = AccessCall.Name("device");
        return HubClient.Set(
            new Command("token", "A one-time token with which a device enrols itself; it is printed once.") { name },
            (client, words, cancel) => client.PostAsync(
                AccessCall.DevicePath(words, name, "token"), "",
                answer =>
                {
                    client.Talk.WriteLine(
                        $"It holds for {AccessCall.Text(answer, "device")} alone, once, until "
                        + $"{answer.GetProperty("endsAt").GetDateTimeOffset():yyyy-MM-dd HH:mm} UTC. "
                        + "An edge takes it with --enrol.");
                    return [AccessCall.Text(answer, "token")];
                },
                cancel));
    }

    private static Command Enrol()
    {
        var name = AccessCall.Name("device");
        var certificate = new Option<FileInfo?>("--certificate")
        {
            Description = "A client certificate (PEM) as the device's credential, by its fingerprint.",
            HelpName = "FILE",
        };
        var subject = new Option<string?>("--subject")
        {
            Description = "The subject of client certificates that --mqtt-client-ca has signed, such as CN=edge-b1.",
            HelpName = "NAME",
        };
        var command = new Command("enrol", "Gives a device its user name and password, printed once.")
        {
            name, certificate, subject,
        };
        return HubClient.Set(command, async (client, words, cancel) =>
        {
            var (file, signed) = (words.GetValue(certificate), words.GetValue(subject));
            if (file is null && signed is null)
            {
                return await client.PostAsync(
                    AccessCall.DevicePath(words, name, "password"), "",
                    answer => AccessCall.Credential(answer, client.Talk), cancel);
            }

            if (file is not null && Fingerprint(file) is null)
            {
                await client.Talk.WriteLineAsync($"{file.FullName} can't be read as a certificate in PEM.");
                return ExitCode.Usage;
            }

            return await client.SendAsync(
                HttpMethod.Post,
                AccessCall.DevicePath(words, name, "certificate"),
                new { fingerprint = file is null ? null : Fingerprint(file), subject = signed },
                answer => [$"The certificate is {AccessCall.Text(answer, "name")}'s credential now."],
                cancel);
        });
    }

    private static string? Fingerprint(FileInfo file)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file.FullName));
            return Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }
}
