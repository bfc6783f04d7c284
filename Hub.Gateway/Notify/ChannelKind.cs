namespace Hub.Gateway.Notify;

/// <summary>How a channel speaks.</summary>
public enum ChannelKind
{
    /// <summary>A program of the site's, by the Standard Webhooks scheme.</summary>
    Webhook,

    /// <summary>A group robot of WeCom (企业微信).</summary>
    WeCom,

    /// <summary>A group robot of DingTalk (钉钉).</summary>
    DingTalk,

    /// <summary>A group robot of Feishu (飞书) or Lark.</summary>
    Feishu,

    /// <summary>Letters by SMTP.</summary>
    Mail,

    /// <summary>A topic of the hub's own broker.</summary>
    Mqtt,
}
