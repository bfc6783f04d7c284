using Hub.Transport.Mqtt;

namespace Hub.Edge.Setup;

/// <summary>Reads <c>localMqtt:</c>.</summary>
internal static class LocalBrokerSection
{
    public static LocalBroker? Read(YamlSection section)
    {
        if (!section.IsPresent)
        {
            return null;
        }

        var preset = new LocalBroker { Topics = [] };
        var passwordFile = EdgeFile.ExistingFile(section, "passwordFile");
        var password = section.TextOrNull("password");
        var broker = preset with
        {
            Host = section.Text("host", preset.Host),
            Port = section.Whole("port", preset.Port, 1, 65535),
            User = section.TextOrNull("user"),
            Password = File.Exists(passwordFile) ? File.ReadAllText(passwordFile).TrimEnd('\r', '\n') : password,
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
