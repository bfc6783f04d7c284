namespace Hub.Gateway.Broker;

/// <summary>Where the messages of one topic go.</summary>
/// <param name="Recipients">Sessions that each get a copy, with the subscriptions that ask for it.</param>
/// <param name="Shares">Groups of which one member gets a copy (4.8.2).</param>
internal sealed record Audience(Subscriber[][] Recipients, ShareGroup[] Shares)
{
    public static readonly Audience None = new([], []);

    public bool IsEmpty => Recipients.Length == 0 && Shares.Length == 0;
}
