namespace Hub.Gateway.Access;

/// <summary>Who may get in, over HTTP. A secret stands in one answer, and never again.</summary>
internal sealed class AccessDoor(AccessBook book, SignIn signIn)
{
    public IResult List() => Results.Json(new { items = book.All.Select(View) });

    public async Task<IResult> MakeTokenAsync(string device, CancellationToken cancel)
    {
        var (refusal, token, endsAt) = await book.MakeTokenAsync(device, cancel);
        return refusal == AccessRefusal.None
            ? Results.Json(new { device, token, endsAt }, statusCode: StatusCodes.Status201Created)
            : Problem(refusal);
    }

    /// <summary>For a device that can't enrol itself: the hub claims in its name.</summary>
    public async Task<IResult> MakePasswordAsync(string device, CancellationToken cancel)
    {
        var (refusal, token, _) = await book.MakeTokenAsync(device, cancel);
        return refusal == AccessRefusal.None ? await ClaimAsync(device, token, cancel) : Problem(refusal);
    }

    public async Task<IResult> AddCertificateAsync(
        string device, CertificateRequest request, CancellationToken cancel)
    {
        var (kind, value) = request.Fingerprint is { } fingerprint
            ? (CredentialKind.Fingerprint, fingerprint.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant())
            : (CredentialKind.Subject, request.Subject ?? "");
        var refusal = await book.AddCertificateAsync(device, kind, value, cancel);
        return refusal == AccessRefusal.None
            ? Results.Json(View(book.Find(device)!))
            : Problem(refusal);
    }

    public async Task<IResult> PutAccountAsync(string name, AccountRequest request, CancellationToken cancel)
    {
        var (refusal, password) = await book.PutAccountAsync(
            name, request.Publish ?? [], request.Subscribe ?? [], cancel);
        return refusal == AccessRefusal.None
            ? Results.Json(new { user = name, password }, statusCode: StatusCodes.Status201Created)
            : Problem(refusal);
    }

    public async Task<IResult> RevokeAsync(string name, CancellationToken cancel)
    {
        var refusal = await book.RevokeAsync(name, cancel);
        return refusal == AccessRefusal.None ? Results.Json(View(book.Find(name)!)) : Problem(refusal);
    }

    /// <summary>Anybody may ask; the token is what lets in.</summary>
    public async Task<IResult> EnrolAsync(EnrolRequest request, HttpContext context, CancellationToken cancel)
    {
        var (device, from) = (request.Device ?? "", context.Connection.RemoteIpAddress);
        var counted = book.Find(device)?.Name ?? "";
        if (signIn.Failures.IsHeld(from, counted))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status429TooManyRequests,
                title: "Too many wrong tokens from this address.",
                detail: "Wait five minutes, and use the token that devices token printed last.");
        }

        var answer = await ClaimAsync(device, request.Token ?? "", cancel);
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status401Unauthorized })
        {
            signIn.Failures.Note(from, counted);
        }

        return answer;
    }

    private async Task<IResult> ClaimAsync(string device, string token, CancellationToken cancel)
    {
        var password = Secret.NewPassword();
        var refusal = await book.ClaimAsync(device, token, password, cancel);
        return refusal == AccessRefusal.None
            ? Results.Json(new { user = device, password }, statusCode: StatusCodes.Status201Created)
            : Problem(refusal);
    }

    private static object View(Enrolment one) => new
    {
        name = one.Name,
        kind = one.Kind == PrincipalKind.Device ? "device" : "account",
        state = one switch
        {
            { RevokedAt: not null } => "revoked",
            { Credentials: var all } when all.Any(credential => credential.Kind != CredentialKind.Token) => "enrolled",
            _ => "invited",
        },
        addedAt = one.AddedAt,
        revokedAt = one.RevokedAt,
        publish = one.Rights.Publish,
        subscribe = one.Rights.Subscribe,
        credentials = one.Credentials.Select(credential => new
        {
            kind = Word(credential.Kind),
            certificate = credential.Kind is CredentialKind.Fingerprint or CredentialKind.Subject
                ? credential.Value
                : null,
            addedAt = credential.AddedAt,
            endsAt = credential.EndsAt,
        }),
    };

    private static string Word(CredentialKind kind) => kind switch
    {
        CredentialKind.Password => "password",
        CredentialKind.Token => "token",
        CredentialKind.Fingerprint => "fingerprint",
        _ => "subject",
    };

    private static IResult Problem(AccessRefusal refusal)
    {
        var (status, title, detail) = refusal switch
        {
            AccessRefusal.NameInvalid => (
                StatusCodes.Status400BadRequest, "That is no name.",
                "Use up to 64 letters, digits and -._:, a letter or a digit first."),
            AccessRefusal.NameTaken => (
                StatusCodes.Status409Conflict, "The name is taken.",
                "Devices and accounts share their names; choose another one."),
            AccessRefusal.Unknown => (
                StatusCodes.Status404NotFound, "Nobody has that name.", "/api/v1/access lists who there is."),
            AccessRefusal.PatternInvalid => (
                StatusCodes.Status400BadRequest, "The topic patterns can't be used.",
                "Name at least one topic filter, such as zigbee2mqtt/#; none shared, 64 at most each way."),
            AccessRefusal.CertificateInvalid => (
                StatusCodes.Status400BadRequest, "The certificate can't be used.",
                "Send its SHA-256 fingerprint in hex, or its subject; it must not be another device's."),
            AccessRefusal.TokenInvalid => (
                StatusCodes.Status401Unauthorized, "The token does not hold.",
                "It is for one device, one use and one day. Make a new one with: devices token DEVICE"),
            _ => (
                StatusCodes.Status409Conflict, "The hub keeps no more names.", "Raise the limit, or use fewer."),
        };
        return Results.Problem(statusCode: status, title: title, detail: detail);
    }
}
