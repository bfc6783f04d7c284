using Hub.Proof.Tests.Edge;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Hub.Proof.Tests;

/// <summary>What xUnit would generate, and beside it the edge that a test starts as a program of its own.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => args switch
    {
        [MeteredEdge.Command, .. var words] => MeteredEdge.RunAsync(words),
        _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
