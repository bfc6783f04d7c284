using System.Globalization;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Rules.Engine;
using Hub.Rules.Readings;

namespace Hub.Gateway.Fleet;

/// <summary>The fleet over HTTP.</summary>
internal sealed class FleetDoor(FleetBook book, SiteBook site, Replays replays)
{
    private const int PageDefault = 100;

    public IResult Devices()
    {
        var picture = book.Look();
        return Results.Json(new
        {
            at = picture.At,
            items = picture.Edges.Select(Edge),
            proposals = picture.Proposals.Select(proposal => new
            {
                device = Rules.Site.Point.DeviceIdOf(proposal.Edge, proposal.Device),
                edge = proposal.Edge,
                signal = proposal.Signal,
                unit = proposal.Unit,
                name = proposal.Name,
                model = proposal.Model,
                @class = proposal.Class,
                messages = proposal.Messages,
                firstAt = proposal.FirstAt,
                seenAt = proposal.SeenAt,
            }),
            questions = picture.Questions.Select(asked => new
            {
                point = asked.Point.Number.Value,
                name = asked.Point.Id.Value,
                space = asked.Point.SpaceId,
                unitBefore = asked.Point.Sent?.Unit,
                unit = asked.Question.Unit,
                readings = asked.Question.Readings,
                firstAt = asked.Question.FirstAt,
                first = asked.Question.First,
                seenAt = asked.Question.SeenAt,
                last = asked.Question.Last,
            }),
        });
    }

    public async Task<IResult> AnswerAsync(int point, UnitAnswer answer, string by, CancellationToken cancel)
    {
        try
        {
            return await book.AnswerAsync(new PointNumber(point), answer, by, cancel) is { } fault
                ? fault.ToProblem()
                : Results.Json(new { point, answer = answer.Answer });
        }
        catch (KeyNotFoundException e)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status404NotFound, title: "No such question.",
                detail: $"{e.Message} /api/v1/devices lists what is.");
        }
    }

    public async Task<IResult> SetAsideAsync(int? limit, long? before, CancellationToken cancel)
    {
        if (limit is < 1 or > FleetBook.PageMax)
        {
            return new QueryFault(
                "limit", limit?.ToString(CultureInfo.InvariantCulture), $"a whole number from 1 to {FleetBook.PageMax}",
                "Ask for pages: pass the last item's number as before.").ToProblem();
        }

        var page = await book.SetAsideAsync(limit ?? PageDefault, before, cancel);
        return Results.Json(new
        {
            count = page.Count,
            dropped = page.Dropped,
            items = page.Items.Select(item => new
            {
                number = item.Number,
                at = item.At,
                source = item.Source,
                topic = item.Topic,
                kind = item.Kind.ToString(),
                reason = item.Reason,
                preview = item.Preview,
                bytes = item.Bytes,
                released = item.Released,
            }),
        });
    }

    public async Task<IResult> ReplayAsync(ReplayBody body, CancellationToken cancel)
    {
        SetAsideKind? kind = Enum.TryParse<SetAsideKind>(body.Kind, ignoreCase: true, out var known) ? known : null;
        if (body.Kind is { } word && !(kind is { } one && Enum.IsDefined(one)))
        {
            return new QueryFault(
                "kind", word, $"one of {string.Join(", ", Enum.GetNames<SetAsideKind>())}", "Leave it out for all.")
                .ToProblem();
        }

        return Results.Json(await replays.RunAsync(new ReplayRequest(body.Number, body.Source, kind), cancel));
    }

    public async Task<IResult> CommissionAsync(string id, CommissionRequest request, CancellationToken cancel)
    {
        // A site-wide id has a slash in it, which a path keeps encoded.
        var device = Uri.UnescapeDataString(id);
        var space = request.Space ?? "";
        var spaces = site.Current.Spaces;
        if (space.Length == 0 || (!spaces.IsEmpty && !spaces.ContainsKey(space)))
        {
            return new QueryFault(
                "space", space, "the id of a space of this site",
                $"Send the id of one, such as {spaces.Keys.Order(StringComparer.Ordinal).FirstOrDefault("b1-e1")}.")
                .ToProblem();
        }

        var points = await book.CommissionAsync(device, space, cancel);
        return points.Count > 0
            ? Results.Json(new { device, space, points = points.Select(point => point.Id.Value) })
            : Results.Problem(
                statusCode: StatusCodes.Status404NotFound,
                title: "No such proposal.",
                detail: $"Nothing of device {device} waits to be commissioned; /api/v1/devices lists what does.");
    }

    private static object Edge(EdgeHealth edge) => new
    {
        id = edge.Id,
        state = Word(edge.State),
        reason = edge.Reason,
        online = edge.IsOnline,
        since = edge.Since,
        seenAt = edge.SeenAt,
        arrivedAt = edge.ArrivedAt,
        backlog = edge.Backlog,
        readings = edge.Readings,
        behind = edge.BehindCount,
        config = new
        {
            state = edge.Config.Word,
            wanted = edge.Config.Wanted is { IsTakenBack: false } wanted ? wanted.Version : null,
            reported = edge.Config.Reported,
            reportedAt = edge.Config.ReportedAt,
            faults = edge.Config.Faults,
        },
        devices = edge.Devices.Select(device => new
        {
            id = device.Id,
            space = device.SpaceId,
            signals = device.Signals,
            state = Word(device.State),
            reason = device.Reason,
            behindEdge = device.IsBehindEdge,
            seenAt = device.SeenAt,
            arrivedAt = device.ArrivedAt,
            everySeconds = device.Every?.TotalSeconds,
            everyIsLearnt = device.IsEveryLearnt,
            readings = device.Readings,
        }),
    };

    private static string Word(HealthState state) => state switch
    {
        HealthState.Ok => "ok",
        HealthState.Never => "never",
        HealthState.Suspect => "suspect",
        HealthState.Late => "late",
        _ => "offline",
    };
}
