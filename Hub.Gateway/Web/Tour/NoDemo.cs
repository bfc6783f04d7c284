namespace Hub.Gateway.Web.Tour;

/// <summary>A real site: nothing is simulated, and nothing can be.</summary>
public sealed class NoDemo : IDemoControl
{
    public DemoState State => DemoState.Still;

    public Task<string?> DoAsync(string action, string? argument, CancellationToken cancel) =>
        Task.FromResult<string?>("There is no simulated building here.");
}
