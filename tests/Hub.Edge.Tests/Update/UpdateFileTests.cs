using System.Security.Cryptography;
using Hub.Edge.Update;

namespace Hub.Edge.Tests.Update;

public sealed class UpdateFileTests : IDisposable
{
    private readonly Installation _machine = new();

    [Fact]
    public void What_was_signed_is_what_is_unpacked()
    {
        using var file = File.OpenRead(_machine.Make("1.4.0"));

        var header = UpdateFile.Verify(file, _machine.Key);

        Assert.Equal(("1.4.0", new DateOnly(2026, 1, 5)), (header.Version, header.Made));
        UpdateFile.Unpack(file, Directory.CreateDirectory(_machine["out"]).FullName);
        Assert.Equal(File.ReadAllText(_machine["published-1.4.0/Hub.Edge.dll"]),
            File.ReadAllText(_machine["out/Hub.Edge.dll"]));
    }

    [Fact]
    public void One_bit_anywhere_and_it_is_refused()
    {
        var whole = File.ReadAllBytes(_machine.Make("1.4.0"));
        foreach (var at in Enumerable.Range(0, 300).Append(whole.Length / 2).Append(whole.Length - 1))
        {
            whole[at] ^= 1;
            Assert.Throws<UpdateRefusedException>(() => UpdateFile.Verify(new MemoryStream(whole), _machine.Key));
            whole[at] ^= 1;
        }

        Assert.Equal("1.4.0", UpdateFile.Verify(new MemoryStream(whole), _machine.Key).Version);
    }

    [Fact]
    public void Cut_anywhere_lengthened_or_signed_by_another_it_is_refused()
    {
        var whole = File.ReadAllBytes(_machine.Make("1.4.0"));
        for (var length = 0; length < whole.Length; length += 1 + (length / 50))
        {
            Assert.Throws<UpdateRefusedException>(
                () => UpdateFile.Verify(new MemoryStream(whole[..length]), _machine.Key));
        }

        Assert.Throws<UpdateRefusedException>(() => UpdateFile.Verify(new MemoryStream([.. whole, 0]), _machine.Key));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<UpdateRefusedException>(() => UpdateFile.Verify(new MemoryStream(whole), other));
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("1.4")]
    [InlineData("1.4.0-beta")]
    public void A_version_is_three_numbers_and_so_no_path(string version) =>
        Assert.Throws<UpdateRefusedException>(() => _machine.Make(version));

    [Fact]
    public void By_command_a_key_is_made_once_a_folder_signed_the_file_verified_and_installed()
    {
        Assert.Equal(0, Run("make-key", _machine["keys"]).ExitCode);
        Assert.Equal(1, Run("make-key", _machine["keys"]).ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_machine["keys/update.key"]));
        _machine.Make("1.0.0");
        var (key, pub, update) = (_machine["keys/update.key"], _machine["keys/update.pub"], _machine["signed"]);
        string[] sign = ["sign", _machine["published-1.0.0"], "--version", "1.0.0", "--key", key, "--out", update];

        Assert.Equal(0, Run(sign).ExitCode);
        Assert.Equal((0, "1.0.0\n"), Run("verify-update", update, "--key", pub));
        Assert.Equal(7, Run("verify-update", update, "--key", _machine.PublicKey).ExitCode);
        Assert.Equal((0, "1.0.0\n"), Run("update", update, "--key", pub, "--root", _machine.Root));

        Assert.Equal("1.0.0", _machine.WholeVersion());
        Assert.Equal(1, Run("update", _machine["nothing"], "--key", pub, "--root", _machine.Root).ExitCode);
        Assert.Null(UpdateCommands.Run(["update", update], TimeProvider.System, TextWriter.Null, TextWriter.Null));
    }

    public void Dispose() => _machine.Dispose();

    private static (int ExitCode, string Said) Run(params string[] args)
    {
        var said = new StringWriter { NewLine = "\n" };
        var code = UpdateCommands.Run(args, TimeProvider.System, said, TextWriter.Null);
        return (Assert.NotNull(code), said.ToString());
    }
}
