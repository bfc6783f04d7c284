using Hub.Gateway.Backup;
using Hub.Gateway.Cli;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Backup;

public sealed class BackupTests : IDisposable
{
    private const string FirstVersion =
        "42486261636B75700102000000000000DD56DE4137951D9C92681B03416EC15F886B4482A27E3A517D32F085244CBE5D"
        + "CF5881FD956DEBE1F93F4020CC5B6FAA0A0000002C06DC402C950D35CF78FAAE4259E65B72C945528429588B8AD70D00"
        + "00807D9D253E120FFD751BD732C5741A2EC98E8F8D30D6C5A0D6C55DD85E30";

    private static readonly BackupKey Key = new BackupKey.KeyFile([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly DurableLog _journal;

    public BackupTests()
    {
        _journal = DurableLog.Open(_folder["data/journal.db"], new DurableLogOptions());
        Directory.CreateDirectory(_folder["data/keys"]);
        File.WriteAllText(_folder["data/keys/key-1.xml"], "<key/>");
        Directory.CreateDirectory(_folder["data/photos/parts"]);
        File.WriteAllText(_folder["data/photos/ab12"], "photo");
        File.WriteAllText(_folder["data/photos/parts/cd34"], "half a pho");
        File.WriteAllText(_folder["site.yaml"], "site: { id: court }");
        Append(1, 2, 3);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_committed_before_it_began_is_there_after_restoring_and_writers_go_on()
    {
        var made = Create();
        Append(4);
        _time.Advance(TimeSpan.FromHours(3));

        var restored = BackupReader.Restore(_folder["b"], _folder["new/data"], Key, _time);

        Assert.Equal((1, 3), (made.JournalFirst, made.JournalTail));
        Assert.Equal(["site.yaml", "keys/key-1.xml", "photos/ab12", "journal.db"], restored.Files.Select(file => file.Name));
        Assert.Equal("<key/>", File.ReadAllText(_folder["new/data/keys/key-1.xml"]));
        Assert.Contains(
            "2026-01-05T11:00:00", File.ReadAllText(_folder["new/data/restored.json"]), StringComparison.Ordinal);
        using var journal = DurableLog.Open(_folder["new/data/journal.db"], new DurableLogOptions());
        Assert.Null(journal.Recovery.Fault);
        Assert.Equal([1, 2, 3], journal.Read(LogPosition.Start, 1_000).Select(row => (int)row.Bytes.Span[0]));
        Assert.Equal(new LogPosition(4), _journal.Tail);
    }

    [Fact]
    public void Every_changed_byte_and_every_missing_end_is_found()
    {
        Create();
        var whole = File.ReadAllBytes(_folder["b"]);
        for (var at = 0; at < whole.Length; at += at < 80 ? 1 : 41)
        {
            whole[at] ^= 0x20;
            Assert.Throws<InvalidDataException>(() => BackupReader.Verify(new MemoryStream(whole), Key));
            whole[at] ^= 0x20;
            Assert.Throws<InvalidDataException>(() => BackupReader.Verify(new MemoryStream(whole, 0, at), Key));
        }

        Assert.Throws<InvalidDataException>(() => BackupReader.Verify(new MemoryStream([.. whole, 0]), Key));
        Assert.Equal(3, BackupReader.Verify(new MemoryStream(whole), Key).JournalTail);
    }

    [Fact]
    public void Frames_come_back_at_any_length_and_not_in_another_order()
    {
        foreach (var length in new[] { 0, 1, SealedWriter.FrameBytes, SealedWriter.FrameBytes + 1, 200_000 })
        {
            var content = new byte[length];
            new Random(length).NextBytes(content);
            var packed = Sealed(content);
            using var reader = new SealedReader(new MemoryStream(packed), Key);
            using var back = new MemoryStream();
            reader.CopyTo(back);
            Assert.Equal(content, back.ToArray());
        }

        var frame = SealedWriter.FrameBytes + SealedWriter.TagBytes + sizeof(uint);
        var moved = Sealed(new byte[3 * SealedWriter.FrameBytes]);
        var first = moved.AsSpan(BackupHead.Bytes, frame).ToArray();
        moved.AsSpan(BackupHead.Bytes + frame, frame).CopyTo(moved.AsSpan(BackupHead.Bytes));
        first.CopyTo(moved, BackupHead.Bytes + frame);
        using var swapped = new SealedReader(new MemoryStream(moved), Key);
        Assert.Throws<InvalidDataException>(() => swapped.CopyTo(Stream.Null));
    }

    [Fact]
    public void Another_key_is_told_from_a_damaged_file()
    {
        var right = new BackupKey.Passphrase("correct horse battery");
        Create(right);

        Assert.Equal(3, BackupReader.Verify(_folder["b"], right).JournalTail);
        Assert.Contains(
            "not the one", Refusal(new BackupKey.Passphrase("correct horse batterY")), StringComparison.Ordinal);
        Assert.Contains("locked with a passphrase", Refusal(Key), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => new BackupKey.Passphrase("short"));
        Assert.Throws<FormatException>(() => new BackupKey.KeyFile(new byte[31]));
    }

    [Fact]
    public void It_takes_nobodys_place_and_restores_into_nobodys_folder()
    {
        Create();
        var before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order().ToList();

        Assert.Throws<IOException>(() => Create());
        Assert.Throws<IOException>(() => BackupReader.Restore(_folder["b"], _folder["data"], Key, _time));
        Assert.Equal(
            before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public void A_damaged_backup_leaves_no_folder_and_a_damaged_database_no_backup()
    {
        Create();
        var bytes = File.ReadAllBytes(_folder["b"]);
        bytes[^40] ^= 1;
        File.WriteAllBytes(_folder["bad"], bytes);
        File.WriteAllBytes(_folder["data/hub.db"], [.. "SQLite format 3\0"u8, .. new byte[5_000]]);

        Assert.Throws<InvalidDataException>(() => BackupReader.Restore(_folder["bad"], _folder["new"], Key, _time));
        Assert.Throws<InvalidDataException>(() => BackupWriter.Create(Source, _folder["c"], Key, _time));
        Assert.Equal(
            ["b", "bad", "data", "site.yaml"],
            Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Without_a_key_there_is_no_backup()
    {
        var code = await CommandLine.RunAsync(
            ["backup", "create", "--data", _folder["data"], "--out", _folder["b"]],
            asked: TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Usage, code);
        Assert.False(File.Exists(_folder["b"]));
    }

    [Fact]
    public void The_first_version_opens_for_ever()
    {
        // Made by another program (Node) from the drawing, in two frames. Only ever added to.
        using var reader = new SealedReader(new MemoryStream(Convert.FromHexString(FirstVersion)), Key);
        using var content = new StreamReader(reader);

        Assert.Equal("one night in the cellar", content.ReadToEnd());
    }

    private BackupSource Source => new(_folder["data"], _folder["site.yaml"], null);

    private static byte[] Sealed(byte[] content)
    {
        using var output = new MemoryStream();
        using (var writer = new SealedWriter(output, Key))
        {
            writer.Write(content);
            writer.End();
        }

        return output.ToArray();
    }

    private BackupManifest Create(BackupKey? key = null) =>
        BackupWriter.Create(Source, _folder["b"], key ?? Key, _time);

    private string Refusal(BackupKey key) =>
        Assert.Throws<InvalidDataException>(() => BackupReader.Verify(_folder["b"], key)).Message;

    private void Append(params byte[] rows)
    {
        foreach (var row in rows)
        {
            _journal.Append([row, 0, 0]);
        }
    }
}
