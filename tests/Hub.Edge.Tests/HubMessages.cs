using System.Text;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests;

/// <summary>What a hub understands of the messages that have come from e1.</summary>
internal static class HubMessages
{
    private static readonly DateTimeOffset Received = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Dictionary<(string Epoch, long Sequence), double> Readings(Mosquitto hub)
    {
        var readings = new Dictionary<(string, long), double>();
        foreach (var (_, payload) in hub.Messages.Where(message => message.Topic == Topics.Readings("e1")))
        {
            var reader = new SenMlReader();
            Assert.True(reader.TryRead(payload, Received, out var fault), fault);
            for (var i = 0; i < reader.Records.Length; i++)
            {
                var key = (reader.EpochText, reader.Sequence + i);
                var value = reader.Records[i].Value;
                Assert.Equal(value, readings.GetValueOrDefault(key, value)); // Twice is allowed, differing is not.
                readings[key] = value;
            }
        }

        return readings;
    }

    public static IEnumerable<double> Registers(Mosquitto hub)
    {
        foreach (var (_, payload) in hub.Messages.Where(message => message.Topic == Topics.Readings("e1")))
        {
            var reader = new SenMlReader();
            Assert.True(reader.TryRead(payload, Received, out var fault), fault);
            for (var i = 0; i < reader.Records.Length; i++)
            {
                if (Encoding.UTF8.GetString(reader.Text(reader.Records[i].Name)) == "b1/water.volume")
                {
                    yield return reader.Records[i].Value;
                }
            }
        }
    }

    public static EdgeStatusMessage? Status(Mosquitto hub) =>
        hub.Texts(Topics.Status("e1")).LastOrDefault() is { } text
        && EdgeStatusMessage.TryRead(Encoding.UTF8.GetBytes(text), out var status, out _) ? status : null;
}
