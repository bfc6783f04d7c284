namespace Hub.Testing;

/// <summary>
/// Somebody else's library for Node.js, where BUILDINGHUB_NODE_MODULES or the system has it installed. Where it isn't the
/// test is skipped, visibly; with BUILDINGHUB_REQUIRE_SERVERS=1 it fails instead.
/// </summary>
public static class NodePackage
{
    private static readonly string[] Folders =
    [
        Environment.GetEnvironmentVariable("BUILDINGHUB_NODE_MODULES") ?? "",
        "/usr/local/lib/node_modules", "/usr/lib/node_modules", "/usr/share/nodejs",
    ];

    /// <summary>The folder of packages that has it.</summary>
    public static string FolderOf(string package) => RealServer.Need(
        Folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, package, "package.json"))),
        $"{package} for Node.js");
}
