using System.Diagnostics;
using System.Globalization;
using Hub.Testing;

namespace Hub.Bench;

/// <summary>What an edge's program has resident when it has reached its hub and come to rest.</summary>
internal static class EdgeMemory
{
    private const int Looks = 10;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <param name="published">The program that is measured; null for the one that was built with this.</param>
    public static async Task MeasureAsync(TempFolder folder, int mqtt, string? published)
    {
        var screen = FreePorts.Next();
        var kiosk = $$"""kiosk: { enabled: true, listen: "127.0.0.1:{{screen}}", hotline: "400-1" }""";
        Console.WriteLine($"the program by itself ({published ?? "as built"}), MiB resident:");
        foreach (var (name, more) in new[] { ("with a screen", kiosk), ("without", "") })
        {
            var file = folder["memory.yaml"];
            await File.WriteAllTextAsync(file, $$"""
                edge: memory
                hub: { host: 127.0.0.1, port: {{mqtt}} }
                {{more}}
                """);
            string[] words = ["run", "--config", file, "--data", folder["memory"]];
            await using var built = published is null ? HubProcess.Launch([], "Hub.Edge", words) : null;
            using var named = published is null ? null : Process.Start(published, words);
            var edge = built?.Process ?? named!;
            await Task.Delay(Rest);
            if (more.Length > 0)
            {
                await LookAsync(screen);
            }

            Console.WriteLine($"  {Resident(edge.Id),10:F0}   {name}");
            edge.Kill();
            await edge.WaitForExitAsync();
        }
    }

    private static async Task LookAsync(int screen)
    {
        using var browser = new HttpClient();
        for (var look = 0; look < Looks; look++)
        {
            await browser.GetStringAsync(new Uri($"http://127.0.0.1:{screen}/kiosk"));
        }
    }

    private static double Resident(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;
}
