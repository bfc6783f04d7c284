using System.Diagnostics;
using System.Security.Cryptography;
using Hub.Edge.Update;
using Hub.Testing;

namespace Hub.Edge.Tests.Update;

/// <summary>A machine's folders with the scripts of deploy/edge, and signed updates for it.</summary>
internal sealed class Installation : IDisposable
{
    private readonly TempFolder _folder = new();

    public Installation()
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(_folder["etc"]);
        File.WriteAllText(PublicKey, Key.ExportSubjectPublicKeyInfoPem());
    }

    public static string Deploy { get; } = FindDeploy();

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Root => _folder["opt"];

    public string Data => _folder["data"];

    public string PublicKey => _folder["etc/update.pub"];

    public string Current => new FileInfo(Path.Combine(Root, "current")).LinkTarget ?? "none";

    public bool IsPending => File.Exists(Path.Combine(Root, "pending"));

    public string this[string name] => _folder[name];

    /// <summary>A signed update whose files can be told from any other version's.</summary>
    public string Make(string version, string program = "#!/bin/sh\nexit 0\n")
    {
        var published = _folder[$"published-{version}"];
        Directory.CreateDirectory(Path.Combine(published, "runtimes"));
        File.WriteAllText(Path.Combine(published, "edge"), program);
        File.SetUnixFileMode(Path.Combine(published, "edge"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(published, "Hub.Edge.dll"), Content(version, 50_000));
        File.WriteAllText(Path.Combine(published, "runtimes", "native.so"), Content(version, 10_000));
        var path = _folder[$"{version}.update"];
        using var file = File.Create(path);
        UpdateFile.Write(published, version, new DateOnly(2026, 1, 5), Key, file);
        return path;
    }

    public void Install(string update, Action<string>? done = null, bool isOlderAllowed = false)
    {
        using var file = File.OpenRead(update);
        var header = UpdateFile.Verify(file, Key);
        new VersionFolders(Root) { Done = done }.Install(header, file, isOlderAllowed);
    }

    /// <summary>The version that the link points to, if each of its files is as it was made.</summary>
    public string WholeVersion()
    {
        var folder = Path.Combine(Root, Current);
        var version = Path.GetFileName(folder);
        Assert.Equal(version, File.ReadAllText(Path.Combine(folder, "VERSION")).Trim());
        Assert.Equal(Content(version, 50_000), File.ReadAllText(Path.Combine(folder, "Hub.Edge.dll")));
        Assert.Equal(Content(version, 10_000), File.ReadAllText(Path.Combine(folder, "runtimes", "native.so")));
        Assert.True(File.GetUnixFileMode(Path.Combine(folder, "edge")).HasFlag(UnixFileMode.UserExecute));
        return version;
    }

    public void Prove(string version) => File.WriteAllText(Path.Combine(Data, "proved"), version + "\n");

    /// <summary>What comes before each start of the edge.</summary>
    public async Task GateAsync(string what = "start")
    {
        var (code, said) = await RunAsync(Path.Combine(Deploy, "lib", "gate"), what);
        Assert.True(code == 0, said);
    }

    public async Task<(int ExitCode, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["BUILDINGHUB_ROOT"] = Root,
                ["BUILDINGHUB_DATA"] = Data,
                ["BUILDINGHUB_KEY"] = PublicKey,
                ["BUILDINGHUB_LIB"] = Path.Combine(Deploy, "lib"),
                ["BUILDINGHUB_SYSTEMCTL"] = _folder["systemctl"],
                ["BUILDINGHUB_PROVE_SECONDS"] = "1",
            },
        })!;
        var cancel = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, output + await errors);
    }

    public void WriteScript(string name, string text)
    {
        File.WriteAllText(_folder[name], "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose()
    {
        Key.Dispose();
        _folder.Dispose();
    }

    private static string Content(string version, int length) =>
        string.Concat(Enumerable.Repeat($"{version}\n", (length / (version.Length + 1)) + 1));

    private static string FindDeploy()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BuildingHub.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "deploy", "edge");
    }
}
