using Hub.Gateway.Inspections;
using Hub.Testing;

namespace Hub.Gateway.Tests.Inspections;

public sealed class PhotoFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PhotoFolder _photos;
    private readonly byte[] _bytes = Photos.Make(new Random(7), 10_000);
    private readonly PhotoNote _photo;

    public PhotoFolderTests() => (_photos, _photo) = (new PhotoFolder(_folder.Path), Photos.Note(_bytes));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_photo_comes_in_pieces_and_is_there_when_its_hash_is_right()
    {
        Assert.Equal(new PhotoAnswer(4_000), await AppendAsync(0, _bytes[..4_000]));
        Assert.False(_photos.IsWhole(_photo.Sha256));
        Assert.Equal(new PhotoAnswer(10_000), await AppendAsync(4_000, _bytes[4_000..]));

        await using var whole = _photos.Open(_photo.Sha256);
        Assert.Equal(_photo.Sha256, Photos.HashOf(await ReadAsync(whole)));
        Assert.Equal("image/jpeg", _photos.KindOf(_photo.Sha256));
        Assert.False(File.Exists(_folder[$"photos/parts/{_photo.Sha256}"]));
    }

    [Fact]
    public async Task Whoever_goes_on_from_elsewhere_is_told_where_the_hub_is()
    {
        await AppendAsync(0, _bytes[..4_000]);

        Assert.Equal(new PhotoAnswer(4_000, PhotoFault.WrongOffset), await AppendAsync(0, _bytes[..4_000]));
        Assert.Equal(new PhotoAnswer(4_000, PhotoFault.WrongOffset), await AppendAsync(6_000, _bytes[6_000..]));
        Assert.Equal(4_000, _photos.Offset(_photo));
    }

    [Fact]
    public async Task A_photo_that_is_whole_stays_as_it_is()
    {
        await AppendAsync(0, _bytes);

        Assert.Equal(new PhotoAnswer(10_000), await AppendAsync(10_000, []));
        Assert.Equal(new PhotoAnswer(10_000, PhotoFault.WrongOffset), await AppendAsync(0, _bytes));
    }

    [Fact]
    public async Task Other_bytes_than_were_announced_are_thrown_away_and_it_begins_anew()
    {
        var other = (byte[])_bytes.Clone();
        other[^1] ^= 1;

        Assert.Equal(new PhotoAnswer(0, PhotoFault.WrongHash), await AppendAsync(0, other));
        Assert.Equal(new PhotoAnswer(10_000), await AppendAsync(0, _bytes));
    }

    [Fact]
    public async Task What_is_no_photo_is_refused_whatever_its_hash_says()
    {
        byte[] program = [.. "#!/bin/sh\n"u8, .. new byte[100]];

        var answer = await _photos.AppendAsync(
            Photos.Note(program), 0, new MemoryStream(program), TestContext.Current.CancellationToken);

        Assert.Equal(new PhotoAnswer(0, PhotoFault.NoPhoto), answer);
        Assert.False(_photos.IsWhole(Photos.HashOf(program)));
    }

    [Fact]
    public async Task More_than_was_announced_is_not_taken_and_what_was_there_stays()
    {
        await AppendAsync(0, _bytes[..4_000]);

        Assert.Equal(
            new PhotoAnswer(4_000, PhotoFault.TooLong), await AppendAsync(4_000, [.. _bytes[4_000..], 1]));
    }

    [Fact]
    public async Task A_part_that_a_crash_left_full_length_and_unseen_counts_for_nothing()
    {
        Directory.CreateDirectory(_folder["photos/parts"]);
        await File.WriteAllBytesAsync(
            _folder[$"photos/parts/{_photo.Sha256}"], new byte[10_000], TestContext.Current.CancellationToken);

        Assert.Equal(0, _photos.Offset(_photo));
        Assert.Equal(new PhotoAnswer(10_000), await AppendAsync(0, _bytes));
    }

    [Theory]
    [InlineData("89504E470D0A1A0A00000000", "image/png")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("000000186674797068656963", "image/heic")]
    [InlineData("FFD8FFE00000000000000000", "image/jpeg")]
    [InlineData("3C7376673E0000000000000000", null)]
    [InlineData("FFD8", null)]
    public void The_first_bytes_say_what_it_is(string hex, string? kind) =>
        Assert.Equal(kind, PhotoKind.Of(Convert.FromHexString(hex)));

    private Task<PhotoAnswer> AppendAsync(long offset, byte[] bytes) =>
        _photos.AppendAsync(_photo, offset, new MemoryStream(bytes), TestContext.Current.CancellationToken);

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
