using System.Text;
using System.Text.RegularExpressions;
using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Access;

/// <summary>
/// Who may get in. The one writer of its tables: a change is in hub.db before it holds, and holds at once.
/// </summary>
public sealed partial class AccessBook(
    IDbContextFactory<HubDb> database, AccessOptions options, ILogger<AccessBook> logger) : IDisposable
{
    private readonly Turn _writing = new();
    private volatile AccessPicture _picture = AccessPicture.Empty;

    internal DateTimeOffset Now => options.Clock.GetUtcNow();

    internal IEnumerable<Enrolment> All => _picture.ByName.Values.OrderBy(one => one.Name, StringComparer.Ordinal);

    internal Enrolment? Find(string name) => _picture.ByName.GetValueOrDefault(name);

    internal Enrolment? FindByCertificate(CredentialKind kind, string value) =>
        _picture.ByCertificate.TryGetValue((kind, value), out var name) ? Find(name) : null;

    public async Task LoadAsync(CancellationToken cancel)
    {
        await using var db = await database.CreateDbContextAsync(cancel);
        var credentials = (await db.Set<CredentialRow>().AsNoTracking().ToListAsync(cancel))
            .ToLookup(row => row.Principal, StringComparer.Ordinal);
        var picture = AccessPicture.Empty;
        await foreach (var row in db.Set<PrincipalRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
        {
            picture = picture.With(Enrolment.Of(row, credentials[row.Name]));
        }

        _picture = picture;
    }

    /// <summary>A one-time token for a device; an older one that nobody claimed is worth nothing then.</summary>
    public Task<(AccessRefusal Refusal, string Token, DateTimeOffset EndsAt)> MakeTokenAsync(
        string device, CancellationToken cancel) => WriteAsync(async db =>
        {
            var (token, endsAt) = (Secret.NewToken(), Now + options.TokenFor);
            var (refusal, _) = await FindOrAddAsync(db, device, PrincipalKind.Device, cancel);
            if (refusal == AccessRefusal.None)
            {
                await RemoveAsync(db, device, row => row.Kind == CredentialKind.Token, cancel);
                Add(db, device, CredentialKind.Token, Secret.HashToken(token), endsAt);
                await SaveAsync(db, device, cancel);
                AccessMessages.Invited(logger, device, endsAt);
            }

            return (refusal, token, endsAt);
        }, cancel);

    /// <summary>
    /// Spends a token: from now on the device has this password. What it had before ends with the new one's first use.
    /// </summary>
    public Task<AccessRefusal> ClaimAsync(string device, string token, string password, CancellationToken cancel) =>
        WriteAsync(async db =>
        {
            var hash = Secret.HashToken(token);
            var isGood = Find(device)?.At(Now, CredentialKind.Token).Any(one => one.Value == hash) ?? false;
            if (!isGood || !Secret.IsPassword(password))
            {
                return AccessRefusal.TokenInvalid;
            }

            await RemoveAsync(db, device, row => row.Kind == CredentialKind.Token, cancel);
            await AddPasswordAsync(db, device, password, cancel);
            await SaveAsync(db, device, cancel);
            AccessMessages.Enrolled(logger, device);
            return AccessRefusal.None;
        }, cancel);

    /// <summary>A client certificate is a device's credential, beside its password if it has one.</summary>
    /// <param name="device">Whose.</param>
    /// <param name="kind">Fingerprint or subject.</param>
    /// <param name="value">SHA-256 in lower-case hex, or the subject's name.</param>
    /// <param name="cancel">Ends waiting.</param>
    public Task<AccessRefusal> AddCertificateAsync(
        string device, CredentialKind kind, string value, CancellationToken cancel) => WriteAsync(async db =>
        {
            var isTaken = FindByCertificate(kind, value) is { } owner && owner.Name != device;
            if (isTaken || value.Length == 0 || (kind == CredentialKind.Fingerprint && !Sha256().IsMatch(value)))
            {
                return AccessRefusal.CertificateInvalid;
            }

            var (refusal, row) = await FindOrAddAsync(db, device, PrincipalKind.Device, cancel);
            if (refusal == AccessRefusal.None)
            {
                row!.RevokedAt = null;
                await RemoveAsync(db, device, one => one.Kind == kind && one.Value == value, cancel);
                Add(db, device, kind, value, null);
                await SaveAsync(db, device, cancel);
                AccessMessages.Enrolled(logger, device);
            }

            return refusal;
        }, cancel);

    /// <summary>
    /// An account with these patterns and a new password. One that is there already has the new patterns from now on.
    /// </summary>
    public Task<(AccessRefusal Refusal, string Password)> PutAccountAsync(
        string name, IReadOnlyList<string> publish, IReadOnlyList<string> subscribe, CancellationToken cancel) =>
        WriteAsync(async db =>
        {
            var password = Secret.NewPassword();
            if (!AreGood(publish) || !AreGood(subscribe) || publish.Count + subscribe.Count == 0)
            {
                return (AccessRefusal.PatternInvalid, password);
            }

            var (refusal, row) = await FindOrAddAsync(db, name, PrincipalKind.Account, cancel);
            if (refusal == AccessRefusal.None)
            {
                (row!.Publish, row.Subscribe) = (string.Join('\n', publish), string.Join('\n', subscribe));
                await AddPasswordAsync(db, name, password, cancel);
                await SaveAsync(db, name, cancel);
                AccessMessages.Enrolled(logger, name);
            }

            return (refusal, password);
        }, cancel);

    /// <summary>Takes everything from it: it is cut within seconds, and needs a new token to come back.</summary>
    public Task<AccessRefusal> RevokeAsync(string name, CancellationToken cancel) => WriteAsync(async db =>
    {
        if (await db.Set<PrincipalRow>().FindAsync([name], cancel) is not { } row)
        {
            return AccessRefusal.Unknown;
        }

        row.RevokedAt ??= Now.UtcDateTime;
        await RemoveAsync(db, name, _ => true, cancel);
        await SaveAsync(db, name, cancel);
        AccessMessages.Revoked(logger, name);
        return AccessRefusal.None;
    }, cancel);

    /// <summary>The newest password has been used: the older ones have done their service.</summary>
    internal Task<bool> SettleAsync(string name, long newest, CancellationToken cancel) => WriteAsync(async db =>
    {
        await RemoveAsync(db, name, row => row.Kind == CredentialKind.Password && row.Id < newest, cancel);
        await SaveAsync(db, name, cancel);
        return true;
    }, cancel);

    public void Dispose() => _writing.Dispose();

    private async Task<T> WriteAsync<T>(Func<HubDb, Task<T>> change, CancellationToken cancel)
    {
        using var turn = await _writing.TakeAsync(cancel);
        await using var db = await database.CreateDbContextAsync(cancel);
        return await change(db);
    }

    private async Task<(AccessRefusal, PrincipalRow?)> FindOrAddAsync(
        HubDb db, string name, PrincipalKind kind, CancellationToken cancel)
    {
        if (!Name().IsMatch(name))
        {
            return (AccessRefusal.NameInvalid, null);
        }

        if (await db.Set<PrincipalRow>().FindAsync([name], cancel) is { } known)
        {
            return known.Kind == kind ? (AccessRefusal.None, known) : (AccessRefusal.NameTaken, null);
        }

        if (_picture.ByName.Count >= options.PrincipalsMax)
        {
            return (AccessRefusal.TooMany, null);
        }

        var row = new PrincipalRow { Name = name, Kind = kind, AddedAt = Now.UtcDateTime };
        db.Add(row);
        return (AccessRefusal.None, row);
    }

    private async Task AddPasswordAsync(HubDb db, string name, string password, CancellationToken cancel)
    {
        var overlapEnd = (Now + options.OverlapMax).UtcDateTime;
        foreach (var older in await RowsAsync(db, name, cancel))
        {
            if (older.Kind == CredentialKind.Password && (older.EndsAt is not { } end || end > overlapEnd))
            {
                older.EndsAt = overlapEnd;
            }
        }

        Add(db, name, CredentialKind.Password, PasswordHash.Of(Encoding.UTF8.GetBytes(password)), null);
        if (await db.Set<PrincipalRow>().FindAsync([name], cancel) is { } row)
        {
            row.RevokedAt = null;
        }
    }

    private void Add(HubDb db, string name, CredentialKind kind, string value, DateTimeOffset? endsAt) =>
        db.Add(new CredentialRow
        {
            Principal = name,
            Kind = kind,
            Value = value,
            AddedAt = Now.UtcDateTime,
            EndsAt = endsAt?.UtcDateTime,
        });

    /// <summary>Removes those, and whatever has ended.</summary>
    private async Task RemoveAsync(
        HubDb db, string name, Func<CredentialRow, bool> which, CancellationToken cancel) =>
        db.RemoveRange((await RowsAsync(db, name, cancel))
            .Where(row => which(row) || row.EndsAt <= Now.UtcDateTime));

    private static Task<List<CredentialRow>> RowsAsync(HubDb db, string name, CancellationToken cancel) =>
        db.Set<CredentialRow>().Where(row => row.Principal == name).ToListAsync(cancel);

    /// <summary>Commits, and puts in force what is in hub.db then.</summary>
    private async Task SaveAsync(HubDb db, string name, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        var row = await db.Set<PrincipalRow>().FindAsync([name], CancellationToken.None);
        var now = Enrolment.Of(row!, await RowsAsync(db, name, CancellationToken.None));
        var before = Find(name);
        if (before is not null)
        {
            now = now with { Credentials = [.. now.Credentials.Select(one => Known(before, one))] };
            if (now.RevokedAt is null && before.RevokedAt is null && before.Rights.IsSameAs(now.Rights))
            {
                now = now with { Rights = before.Rights };
            }
        }

        _picture = _picture.With(now);
        if (now.RevokedAt is not null || before?.Rights != now.Rights)
        {
            // Whoever is connected with the old rights is cut by the broker.
            before?.Rights.End();
        }
    }

    /// <summary>A credential that was proven stays so.</summary>
    private static Credential Known(Enrolment before, Credential now) =>
        before.Credentials.FirstOrDefault(one => one.Id == now.Id)?.Until(now.EndsAt) ?? now;

    private bool AreGood(IReadOnlyList<string> patterns) =>
        patterns.Count <= options.PatternsMax && patterns.All(TopicPattern.IsValid);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();
}
