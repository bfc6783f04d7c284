using System.Net;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Tour;

namespace Hub.Gateway.Tests.Web;

public class OriginsTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "[::1]", true)]
    [InlineData("127.0.0.1", "evil.example", false)]
    [InlineData("127.0.0.1", "localhost.evil.example", false)]
    [InlineData("127.0.0.1", "192.168.1.9", false)]
    [InlineData("127.0.0.1", "", false)]
    [InlineData("0.0.0.0", "hub.example", true)]
    public void On_loopback_only_loopback_names_are_answered(string listening, string host, bool allowed) =>
        Assert.Equal(allowed, Origins.IsHostAllowed(IPAddress.Parse(listening), host));

    [Theory]
    [InlineData("GET", "cross-site", "https://evil.example", true)]
    [InlineData("POST", "same-origin", null, true)]
    [InlineData("POST", "none", null, true)]
    [InlineData("POST", "same-site", null, false)]
    [InlineData("POST", "cross-site", "http://hub:8080", false)]
    [InlineData("POST", null, "http://hub:8080", true)]
    [InlineData("POST", null, "https://hub:8080", false)]
    [InlineData("POST", null, "http://hub:9999", false)]
    [InlineData("DELETE", null, "null", false)]
    [InlineData("POST", null, null, true)]
    public void A_change_comes_from_our_own_pages_or_from_no_browser(
        string method, string? fetchSite, string? origin, bool allowed) =>
        Assert.Equal(allowed, Origins.IsChangeAllowed(method, "http", "hub:8080", fetchSite, origin));

    [Theory]
    [InlineData("/inbox", true)]
    [InlineData("/o/3?x=1", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("", false)]
    [InlineData("/a\r\nSet-Cookie: x", false)]
    public void A_door_leads_only_into_our_own_house(string path, bool own) =>
        Assert.Equal(own, TourDoors.IsOwnPath(path));
}
