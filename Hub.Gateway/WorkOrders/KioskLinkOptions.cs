namespace Hub.Gateway.WorkOrders;

/// <summary>What every kiosk of the site is told besides the state of its call.</summary>
public sealed record KioskLinkOptions
{
    public IReadOnlyList<string> Languages { get; init; } = ["zh-Hans", "zh-Hant", "en", "ja", "ko"];

    public string DefaultLanguage { get; init; } = "zh-Hans";

    /// <summary>How long a call that has been settled is still shown as such.</summary>
    public TimeSpan ClosedFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Looks this often whether a kiosk is new or the hotline has changed; real time.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);
}
