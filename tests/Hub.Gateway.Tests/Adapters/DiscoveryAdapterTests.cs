using System.Text;
using Hub.Gateway.Adapters;
using Hub.Gateway.Adapters.HomeAssistant;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>Home Assistant discovery beyond the samples: components of one device, templates, names that collide.</summary>
public class DiscoveryAdapterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly DiscoveryAdapter _adapter = new("homeassistant");

    [Fact]
    public void A_device_with_components_is_one_card_and_its_base_topic_is_filled_in()
    {
        var said = Decode("homeassistant/device/pump/config", """
            {"~":"plant/p1","dev":{"ids":["p1"],"name":"Pump 1","mf":"Acme","mdl":"P"},"avty_t":"~/alive","stat_t":"~/all",
             "cmps":{"e":{"p":"sensor","dev_cla":"energy","unit_of_meas":"Wh","val_tpl":"{{ value_json.e | float }}"},
                     "today":{"p":"sensor","dev_cla":"energy","unit_of_meas":"Wh","val_tpl":"{{ value_json['t'] }}"},
                     "leak":{"p":"binary_sensor","dev_cla":"moisture","stat_t":"~/leak","pl_on":"wet","pl_off":"dry"},
                     "relay":{"p":"switch","cmd_t":"~/set"}}}
            """);

        Assert.Equal(
            "card p1 'Pump 1' 'Acme P': electric.energy [Wh] energy, today [Wh] energy, leak.wet [] moisture, "
            + "device.online [] connectivity",
            Assert.Single(said));
        Assert.Equal(["p1 electric.energy = 1500 Wh", "p1 today = 3 Wh"], Decode("plant/p1/all", """{"e":1500,"t":3}"""));
        Assert.Equal(["p1 leak.wet = 1"], Decode("plant/p1/leak", "wet"));
        Assert.Equal(["p1 device.online = 0"], Decode("plant/p1/alive", "offline"));
        Assert.Equal([], Decode("plant/p1/leak", "damp"));
    }

    [Theory]
    [InlineData("{{ value }}", "21.5", 21.5)]
    [InlineData("", "21.5", 21.5)]
    [InlineData("{{ value_json.a.b }}", """{"a":{"b":21.5}}""", 21.5)]
    [InlineData("{{value_json['a'][1]|float}}", """{"a":[0,"21.5"]}""", 21.5)]
    [InlineData("{{ value_json.a | float(0) | round(1) }}", """{"a":21.5}""", 21.5)]
    [InlineData("{{ value_json.a / 1000 }}", """{"a":21500}""", 21.5)]
    [InlineData("{{ (value_json.a | float) * 0.5 }}", """{"a":43}""", 21.5)]
    [InlineData("{{ value_json.a | is_defined }}", """{"b":1}""", null)]
    public void The_common_templates_are_read(string template, string payload, double? value)
    {
        Announce(template);

        var said = Decode("t/x", payload);

        Assert.Equal(value is null ? [] : [FormattableString.Invariant($"x climate.temperature = {value} Cel")], said);
    }

    [Theory]
    [InlineData("{% if value_json.a %}1{% endif %}")]
    [InlineData("{{ states('sensor.x') }}")]
    [InlineData("{{ value_json.a + value_json.b }}")]
    [InlineData("{{ value_json.a | to_json }}")]
    [InlineData("{{ value_json }}")]
    [InlineData("{{ value_json.a / 0 }}")]
    public void Another_template_is_refused_with_the_cure(string template)
    {
        var said = Announce(template);

        Assert.Contains("kind json", Assert.Single(said), StringComparison.Ordinal);
        Assert.False(_adapter.Owns("t/x"));
    }

    [Fact]
    public void Topics_are_its_own_from_their_announcement_on_and_every_new_one_is_told()
    {
        Assert.False(_adapter.Owns("t/x"));
        var before = _adapter.TopicsVersion;
        Announce("{{ value }}");
        var after = _adapter.TopicsVersion;
        Announce("{{ value }}");

        Assert.True(_adapter.Owns("t/x"));
        Assert.True(after > before);
        Assert.Equal(after, _adapter.TopicsVersion);
    }

    private IReadOnlyList<string> Announce(string template) => Decode(
        "homeassistant/sensor/x/config",
        $$"""{"stat_t":"t/x","dev_cla":"temperature","unit_of_meas":"°C","val_tpl":"{{template}}"}""");

    private IReadOnlyList<string> Decode(string topic, string payload)
    {
        var decoded = new Decoded(new AdapterOptions());
        _adapter.Decode(new AdapterMessage(topic, Encoding.UTF8.GetBytes(payload), Now), decoded);
        return DecodedLines.Of(decoded);
    }
}
