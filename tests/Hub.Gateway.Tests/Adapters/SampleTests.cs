using Hub.Gateway.Adapters;
using Hub.Rules.Site;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>Messages that real devices have sent become the readings that their senders meant.</summary>
public class SampleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Samples => [.. SampleFile.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_message_becomes_what_its_device_said(string name)
    {
        var sample = SampleFile.Read(name);
        var adapter = Make(sample);

        foreach (var message in sample.Messages)
        {
            var decoded = new Decoded(new AdapterOptions());
            if (adapter.Owns(message.Topic))
            {
                adapter.Decode(new AdapterMessage(message.Topic, message.Bytes, Now), decoded);
            }

            Assert.Equal(message.Decoded, adapter.Owns(message.Topic) ? DecodedLines.Of(decoded) : ["not its business"]);
        }

        Assert.NotEmpty(sample.Licence);
        Assert.NotEmpty(sample.Source);
    }

    internal static IAdapter Make(SampleFile sample) => AdapterCatalogue.Make(
        SiteFile.Read("site.yaml", $"adapters: [{{ id: a, kind: {sample.Kind}, topic: \"{sample.Topic}\" }}]")
            .Value!.Adapters[0]);
}
