using System.Security.Cryptography;
using Hub.Edge.Update;

namespace Hub.Edge;

/// <summary>The commands of updates: for who makes them, and for the machine that takes them.</summary>
internal static class UpdateCommands
{
    public const string Help = """
        edge make-key FOLDER                   makes update.key, to be kept by who makes updates, and update.pub
        edge sign FOLDER --version 1.4.0 --key update.key --out FILE
                                               packs a published folder into one signed file
        edge verify-update FILE --key update.pub
        edge update FILE --key update.pub --root /opt/buildinghub-edge [--older yes]
                                               unpacks it beside the version that runs, and points to it
        """;

    /// <summary>Its exit code; null if it is none of these commands.</summary>
    public static int? Run(string[] args, TimeProvider time, TextWriter output, TextWriter error)
    {
        if (args is not [var command and ("make-key" or "sign" or "verify-update" or "update"), var what, .. var rest])
        {
            return null;
        }

        try
        {
            return (command, Options(rest)) switch
            {
                ("make-key", { Count: 0 }) => MakeKey(what, output),
                ("sign", { Count: 3 } said) when Has(said, "--version", "--key", "--out") =>
                    Sign(what, said["--version"], said["--key"], said["--out"], time, output),
                ("verify-update", { Count: 1 } said) when Has(said, "--key") => Take(what, said["--key"], null, output),
                ("update", { Count: 2 } said) when Has(said, "--key", "--root") =>
                    Take(what, said["--key"], new(said["--root"], IsOlderAllowed: false), output),
                ("update", { Count: 3 } said) when Has(said, "--key", "--root", "--older") =>
                    Take(what, said["--key"], new(said["--root"], said["--older"] == "yes"), output),
                _ => null,
            };
        }
        catch (UpdateRefusedException e)
        {
            error.WriteLine(e.Message);
            return Exit.CheckFailed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException
            or ArgumentException)
        {
            error.WriteLine(e.Message);
            return Exit.Failed;
        }
    }

    private static Dictionary<string, string>? Options(string[] rest) =>
        rest.Length % 2 == 0 && rest.Chunk(2).DistinctBy(pair => pair[0]).Count() == rest.Length / 2
            ? rest.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1])
            : null;

    private static bool Has(Dictionary<string, string> said, params string[] names) => names.All(said.ContainsKey);

    private static int MakeKey(string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "update.key");
        if (File.Exists(path))
        {
            throw new IOException($"{path} is there already; who has lost it can't update any machine.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Files.DurableFile.Write(path, key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(Path.Combine(folder, "update.pub"), key.ExportSubjectPublicKeyInfoPem() + "\n");
        output.WriteLine($"{path} signs, update.pub beside it goes to each machine.");
        return Exit.Done;
    }

    private static int Sign(
        string folder, string version, string keyFile, string target, TimeProvider time, TextWriter output)
    {
        using var key = Key(keyFile);
        using var file = File.Create(target);
        var made = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var header = UpdateFile.Write(folder, version, made, key, file);
        output.WriteLine($"{target}: version {header.Version}, {header.Bytes} bytes, signed.");
        return Exit.Done;
    }

    private static int Take(string path, string keyFile, Target? target, TextWriter output)
    {
        using var key = Key(keyFile);
        using var file = File.OpenRead(path);
        var header = UpdateFile.Verify(file, key);
        if (target is not null)
        {
            new VersionFolders(target.Root).Install(header, file, target.IsOlderAllowed);
        }

        output.WriteLine(header.Version);
        return Exit.Done;
    }

    private static ECDsa Key(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }

    private sealed record Target(string Root, bool IsOlderAllowed);
}
