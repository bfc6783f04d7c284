using Hub.Transport.Mqtt;

namespace Hub.Edge.Setup;

/// <summary>Reads <c>localMqtt:</c>.</summary>
internal static class LocalBrokerSection
{
    /// <summary>Of the edge's own file.</summary>
    public static LocalBroker? Read(YamlSection section)
    {
        if (!section.IsPresent)
        {
            return null;
        }

        var file = EdgeFile.ExistingFile(section, "passwordFile");
        var password = section.TextOrNull("password");
        return Read(section, File.Exists(file) ? TextOf(file) : password);
    }

    /// <summary>
    /// Of what the hub sent; nothing in it is no broker. A password is not sent: it would lie in a retained message.
    /// Nor may a sent configuration name any file of this machine, which would then go to any server as a password.
    /// </summary>
    public static LocalBroker? ReadSent(YamlSection section, string secretsFolder)
    {
        if (!section.IsPresent || section.IsEmpty)
        {
            return null;
        }

        var cure = $"Put it into a file in {secretsFolder} on the edge, and send that file's name as passwordFile.";
        if (section.Has("password"))
        {
            section.Refuse("password", "", "not to be sent, as the message is kept for whoever may read it", cure);
        }

        return Read(section, section.TextOrNull("passwordFile") is { } name
            ? Secret(section, secretsFolder, name, cure)
            : null);
    }

    private static string? Secret(YamlSection section, string folder, string name, string cure)
    {
        try
        {
            if (Path.GetFileName(name) == name && File.Exists(Path.Combine(folder, name)))
            {
                return TextOf(Path.Combine(folder, name));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is there, and not for this edge.
        }

        section.Refuse("passwordFile", name, $"the name of a file in {folder} that this edge can read", cure);
        return null;
    }

    private static string TextOf(string file) => File.ReadAllText(file).TrimEnd('\r', '\n');

    private static LocalBroker Read(YamlSection section, string? password)
    {
        var preset = new LocalBroker { Topics = [] };
        var broker = preset with
        {
            Host = section.Text("host", preset.Host),
            Port = section.Whole("port", preset.Port, 1, 65535),
            User = section.TextOrNull("user"),
            Password = password,
            Topics = section.Texts("topics"),
            Device = section.Text("device", preset.Device),
            BytesMax = (long)section.Whole("waitingMiB", (int)(preset.BytesMax >> 20), 1, 65_536) << 20,
        };
        if (broker.Topics.Count == 0)
        {
            section.Refuse("topics", "", "a list of topic filters",
                "Name what the hub shall get, such as zigbee2mqtt/#.");
        }

        foreach (var topic in broker.Topics.Where(topic => !TopicFilter.IsValid(topic) || TopicFilter.IsShared(topic)))
        {
            section.Refuse("topics", topic, "a topic filter, with + for a level and # at its end", "Correct it.");
        }

        if (!LineSections.Name().IsMatch(broker.Device))
        {
            section.Refuse("device", broker.Device, "letters, digits, -, _ and ., at most 64", "Choose a plain name.");
        }

        section.Finish();
        return broker;
    }
}
