using Hub.Gateway.Web.Tour;

namespace Hub.Gateway.Tests.Web;

/// <summary>A simulator panel's other side that remembers what it was told.</summary>
public sealed class ScriptedDemo : IDemoControl
{
    public List<(string Action, string? Argument)> Told { get; } = [];

    public string? Refusal { get; set; }

    public DemoState State { get; set; } = new(60, 1_284_310, 842, [
        new DemoFault("f1", "leak", SampleSite.Leaking, PagesHub.T0.AddHours(-4)),
    ], []);

    public Task<string?> DoAsync(string action, string? argument, CancellationToken cancel)
    {
        Told.Add((action, argument));
        return Task.FromResult(Refusal);
    }
}
