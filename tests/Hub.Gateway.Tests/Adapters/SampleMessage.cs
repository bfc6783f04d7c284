using System.Text;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>One message as it was sent, and what it must become.</summary>
internal sealed record SampleMessage(string Topic, string Encoding, string Payload, IReadOnlyList<string> Decoded)
{
    public byte[] Bytes => Encoding == "base64" ? Convert.FromBase64String(Payload) : UTF8Encoding.UTF8.GetBytes(Payload);
}
