using System.CommandLine;

namespace Hub.Gateway.Cli;

/// <summary>The flags of a broker of the site's own; each stands over its name in the environment.</summary>
public sealed class AttachFlags
{
    private readonly (string Name, Option<string?> Flag)[] _values =
    [
        ("URL", Text("", "URL", "The site's own broker, which the hub attaches to: mqtts://HOST[:PORT] or mqtt://…")),
        ("USER", Text("-user", "NAME", "Who the hub is there.")),
        ("PASSWORD_FILE", Text("-password-file", "FILE", "A file with the password.")),
        ("CA", Text("-ca", "FILE", "A PEM file with the only authorities to trust for mqtts://.")),
        ("CLIENT_ID", Text("-client-id", "ID", "The hub's MQTT client id; buildinghub-MACHINE if not given.")),
        ("SHARE", Text("-share", "GROUP", "Share readings and events with the other hubs of this group.")),
        ("VERSION", Text("-version", "VERSION", "MQTT 5 or 3.1.1; 5 if not given.")),
    ];

    private readonly (string Name, Option<bool> Flag)[] _switches =
    [
        ("PLAIN", new("--attach-plain") { Description = "Allow mqtt:// to another machine, unencrypted." }),
        ("ONLY", new("--attach-only") { Description = "Attach in the place of the hub's own listener." }),
    ];

    public IEnumerable<Option> All =>
        [.. _values.Select(value => value.Flag), .. _switches.Select(value => value.Flag)];

    public AttachOptions? Read(ParseResult words, Func<string, string?> environment) => AttachSettings.From(
        name => Given(words, name) ?? environment(AttachSettings.Prefix + name));

    private string? Given(ParseResult words, string name)
    {
        foreach (var (known, flag) in _values)
        {
            if (known == name)
            {
                return words.GetValue(flag);
            }
        }

        foreach (var (known, flag) in _switches)
        {
            if (known == name && words.GetValue(flag))
            {
                return "true";
            }
        }

        return null;
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new($"--attach{name}") { Description = description, HelpName = help };
}
