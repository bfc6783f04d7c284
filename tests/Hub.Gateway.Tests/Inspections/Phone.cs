using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Hub.Gateway.Inspections;

namespace Hub.Gateway.Tests.Inspections;

/// <summary>
/// A butler's phone on a network that is away half of the time: a request may not go out, go out and lose its answer, or
/// break off in the middle of a photo. It keeps what has not been answered for and tries again, in any order.
/// </summary>
internal sealed class Phone(HttpClient hub, Random random)
{
    private const int PieceBytesMax = 1_500;

    private readonly List<(string Id, InspectionReport Report)> _reports = [];
    private readonly Dictionary<string, byte[]> _photos = [];

    public int Requests { get; private set; }

    public bool IsDone => _reports.Count == 0 && _photos.Count == 0;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Keep(string id, InspectionReport report, IEnumerable<byte[]> photos)
    {
        _reports.Add((id, report));
        foreach (var photo in photos)
        {
            _photos[Photos.HashOf(photo)] = photo;
        }
    }

    public async Task TryOnceAsync()
    {
        if (_photos.Count > 0 && (_reports.Count == 0 || random.Next(2) == 0))
        {
            await SendPieceAsync(_photos.ElementAt(random.Next(_photos.Count)).Value);
        }
        else if (_reports.Count > 0)
        {
            await SendAsync(_reports[random.Next(_reports.Count)]);
        }
    }

    private async Task SendAsync((string Id, InspectionReport Report) one)
    {
        using var answer = await AskAsync(new HttpRequestMessage(HttpMethod.Put, $"/api/v1/inspections/{one.Id}")
        {
            Content = JsonContent.Create(one.Report),
        });
        if (answer is not null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            _reports.RemoveAll(kept => kept.Id == one.Id);
        }
    }

    private async Task SendPieceAsync(byte[] photo)
    {
        var path = $"/api/v1/photos/{Photos.HashOf(photo)}";
        using var standing = await AskAsync(new HttpRequestMessage(HttpMethod.Head, path));
        if (standing is null || standing.StatusCode == HttpStatusCode.NotFound)
        {
            // No network, or the report that announces it has not come yet.
            return;
        }

        var offset = OffsetOf(standing);
        if (offset == photo.Length)
        {
            _photos.Remove(Photos.HashOf(photo));
            return;
        }

        var piece = photo.AsMemory((int)offset, Math.Min(PieceBytesMax, photo.Length - (int)offset));
        using var answer = await AskAsync(new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = random.Next(4) == 0 ? new BrokenContent(piece, random) : new ReadOnlyMemoryContent(piece),
            Headers = { { InspectionsApi.OffsetHeader, offset.ToString(CultureInfo.InvariantCulture) } },
        });
        if (answer is not null)
        {
            Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.Conflict, $"{answer.StatusCode}");
        }
    }

    /// <summary>The answer, if the network was there both ways.</summary>
    private async Task<HttpResponseMessage?> AskAsync(HttpRequestMessage request)
    {
        Requests++;
        var luck = random.Next(4);
        if (luck == 0)
        {
            return null;
        }

        try
        {
            var answer = await hub.SendAsync(request, Cancel);
            if (luck > 1)
            {
                return answer;
            }

            answer.Dispose();
        }
        catch (HttpRequestException)
        {
            // Broken off in the middle.
        }

        return null;
    }

    private static long OffsetOf(HttpResponseMessage answer) =>
        long.Parse(answer.Headers.GetValues(InspectionsApi.OffsetHeader).Single(), CultureInfo.InvariantCulture);

    /// <summary>A body whose line breaks off somewhere in it.</summary>
    private sealed class BrokenContent(ReadOnlyMemory<byte> piece, Random random) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(piece[..random.Next(piece.Length)], Cancel);
            await stream.FlushAsync(Cancel);
            throw new IOException("The network is gone.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = piece.Length;
            return true;
        }
    }
}
